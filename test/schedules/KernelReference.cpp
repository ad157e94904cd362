//===- KernelReference.cpp - Kernels by plain loops -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "KernelRunner.h"

#include <algorithm>
#include <cmath>

namespace mobileone::schedules::testing {

namespace {

struct Evaluator {
  const KernelRequest &request;
  const std::vector<Values> &weights;
  std::vector<Values> values;

  const Shape &shape(int value) const { return shapeOf(request, value); }

  double at(int value, int c, int x, int y) const {
    const Shape &s = shape(value);
    if (x < 0 || x >= s.width || y < 0 || y >= s.height)
      return 0.0;
    return values[value][(size_t(y) * s.width + x) * s.channels + c];
  }

  const Values &weight(int op, WeightRole role) const {
    std::vector<WeightOperand> operands = weightOperands(request);
    for (size_t i = 0; i < operands.size(); ++i)
      if (operands[i].op == op && operands[i].role == role)
        return weights[i];
    std::abort();
  }

  double conv(int index, int c, int x, int y) const {
    const Op &op = request.ops[index];
    int inputs = shape(op.inputs[0]).channels / op.groups;
    int first = op.groups == 1 ? 0 : c;
    int taps = op.kernel * op.kernel;
    double sum = weight(index, WeightRole::Bias)[c];
    for (int i = 0; i < inputs; ++i)
      for (int tap = 0; tap < taps; ++tap)
        sum +=
            weight(index,
                   WeightRole::Filter)[(size_t(c) * inputs + i) * taps + tap] *
            at(op.inputs[0], first + i,
               x * op.stride + tap % op.kernel - op.padding,
               y * op.stride + tap / op.kernel - op.padding);
    return sum;
  }

  double mean(int value, int c) const {
    const Shape &s = shape(value);
    double sum = 0.0;
    for (int y = 0; y < s.height; ++y)
      for (int x = 0; x < s.width; ++x)
        sum += at(value, c, x, y);
    return sum / (double(s.width) * s.height);
  }

  double linear(int index, int c) const {
    const Op &op = request.ops[index];
    int inputs = shape(op.inputs[0]).channels;
    double sum = weight(index, WeightRole::Bias)[c];
    for (int i = 0; i < inputs; ++i)
      sum += weight(index, WeightRole::Filter)[size_t(c) * inputs + i] *
             at(op.inputs[0], i, 0, 0);
    return sum;
  }

  double excite(int index, int c) const {
    const Op &op = request.ops[index];
    const Shape &rows = shape(op.inputs[0]);
    double sum = weight(index, WeightRole::ExpandBias)[c];
    for (int h = 0; h < op.hidden; ++h) {
      double hidden = weight(index, WeightRole::ReduceBias)[h];
      for (int i = 0; i < rows.channels; ++i)
        for (int y = 0; y < rows.height; ++y)
          hidden +=
              weight(index,
                     WeightRole::ReduceFilter)[size_t(h) * rows.channels + i] *
              at(op.inputs[0], i, 0, y) / op.pixels;
      sum +=
          weight(index, WeightRole::ExpandFilter)[size_t(c) * op.hidden + h] *
          std::max(hidden, 0.0);
    }
    return 1.0 / (1.0 + std::exp(-sum));
  }

  double rowSum(int value, int c, int y) const {
    double sum = 0.0;
    for (int x = 0; x < shape(value).width; ++x)
      sum += at(value, c, x, y);
    return sum;
  }

  double element(int index, int c, int x, int y) const {
    const Op &op = request.ops[index];
    int input = op.inputs[0];
    switch (op.kind) {
    case OpKind::ReadInput: {
      double mean = op.mean.empty() ? 0.0 : op.mean[c];
      double deviation =
          op.standardDeviation.empty() ? 1.0 : op.standardDeviation[c];
      return (at(input, c, x, y) - mean) / deviation;
    }
    case OpKind::Conv:
      return conv(index, c, x, y);
    case OpKind::Scale:
      return at(input, c, x, y) * at(op.inputs[1], c, 0, 0);
    case OpKind::RowSums:
      return rowSum(input, c, y);
    case OpKind::Excite:
      return excite(index, c);
    case OpKind::GlobalAveragePool:
      return mean(input, c);
    case OpKind::Linear:
      return linear(index, c);
    case OpKind::WriteOutput:
      return at(input, c, x, y);
    }
    return 0.0;
  }

  void evaluate(int index) {
    const Op &op = request.ops[index];
    Values result;
    for (int y = 0; y < op.result.height; ++y)
      for (int x = 0; x < op.result.width; ++x)
        for (int c = 0; c < op.result.channels; ++c) {
          double value = element(index, c, x, y);
          bool relu = op.activation == Activation::ReLU;
          result.push_back(relu ? std::max(value, 0.0) : value);
        }
    values.push_back(std::move(result));
  }
};

} // namespace

std::vector<Values> computeReference(const KernelRequest &request,
                                     const std::vector<Values> &inputs,
                                     const std::vector<Values> &weights) {
  Evaluator evaluator{request, weights, inputs};
  for (int i = 0; i < int(request.ops.size()); ++i)
    evaluator.evaluate(i);
  return std::move(evaluator.values);
}

} // namespace mobileone::schedules::testing
