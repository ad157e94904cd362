//===- KernelRequest.cpp - What a kernel is asked to compute --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedules/KernelRequest.h"

#include <cstdio>

namespace mobileone::schedules {

int bytesOf(ElementType type) {
  switch (type) {
  case ElementType::F32:
    return 4;
  case ElementType::U8:
    return 1;
  case ElementType::F16:
    return 2;
  }
  return 0;
}

const char *nameOf(ElementType type) {
  switch (type) {
  case ElementType::F32:
    return "f32";
  case ElementType::U8:
    return "u8";
  case ElementType::F16:
    return "f16";
  }
  return "";
}

std::vector<WeightOperand> weightOperands(const KernelRequest &request) {
  std::vector<WeightOperand> operands;
  for (int op = 0, count = int(request.ops.size()); op < count; ++op) {
    switch (request.ops[op].kind) {
    case OpKind::Conv:
    case OpKind::Linear:
      operands.push_back({op, WeightRole::Filter});
      operands.push_back({op, WeightRole::Bias});
      break;
    case OpKind::Excite:
      operands.push_back({op, WeightRole::ReduceFilter});
      operands.push_back({op, WeightRole::ReduceBias});
      operands.push_back({op, WeightRole::ExpandFilter});
      operands.push_back({op, WeightRole::ExpandBias});
      break;
    default:
      break;
    }
  }
  return operands;
}

Operand packedOperand(const WeightPacking &packing) {
  Operand operand;
  switch (packing.kind) {
  case PackingKind::Vector:
    operand.shape = {packing.paddedOutputs, 1, 1};
    break;
  case PackingKind::DepthwiseTaps:
    operand.shape = {packing.paddedOutputs, packing.taps, 1};
    break;
  case PackingKind::Panels:
    operand.shape = {packing.panel, packing.taps * packing.paddedInputs,
                     packing.paddedOutputs / packing.panel};
    break;
  }
  operand.type = packing.type;
  operand.storedChannels = operand.shape.channels;
  operand.strides = {1, operand.shape.channels,
                     operand.shape.channels * operand.shape.width};
  return operand;
}

static std::string print(const Shape &shape) {
  return std::to_string(shape.channels) + "x" + std::to_string(shape.width) +
         "x" + std::to_string(shape.height);
}

static std::string print(const Operand &operand) {
  return print(operand.shape) + " " + nameOf(operand.type) + " stored " +
         std::to_string(operand.storedChannels) + " strides " +
         std::to_string(operand.strides[0]) + "," +
         std::to_string(operand.strides[1]) + "," +
         std::to_string(operand.strides[2]) +
         (operand.imageStride ? "," + std::to_string(operand.imageStride)
                              : "") +
         " border " + std::to_string(operand.border);
}

static const char *nameOf(OpKind kind) {
  switch (kind) {
  case OpKind::ReadInput:
    return "read_input";
  case OpKind::Conv:
    return "conv";
  case OpKind::Scale:
    return "scale";
  case OpKind::RowSums:
    return "row_sums";
  case OpKind::Excite:
    return "excite";
  case OpKind::GlobalAveragePool:
    return "global_average_pool";
  case OpKind::Linear:
    return "linear";
  case OpKind::WriteOutput:
    return "write_output";
  }
  return "";
}

/// The shortest text that reads back as `values`.
static std::string print(const char *name, const std::vector<float> &values) {
  std::string text;
  for (float value : values) {
    char digits[32];
    std::snprintf(digits, sizeof(digits), "%.9g", value);
    text += std::string(text.empty() ? "" : ",") + digits;
  }
  return text.empty() ? text : std::string(" ") + name + " " + text;
}

static std::string print(const Op &op) {
  std::string text = nameOf(op.kind);
  for (size_t i = 0; i < op.inputs.size(); ++i)
    text += (i ? ", %" : " %") + std::to_string(op.inputs[i]);
  if (op.kind == OpKind::Conv)
    text += " kernel " + std::to_string(op.kernel) + " stride " +
            std::to_string(op.stride) + " padding " +
            std::to_string(op.padding) + " groups " + std::to_string(op.groups);
  if (op.kind == OpKind::Excite)
    text += " hidden " + std::to_string(op.hidden) + " pixels " +
            std::to_string(op.pixels);
  text += print("mean", op.mean);
  text += print("standard_deviation", op.standardDeviation);
  if (op.activation == Activation::ReLU)
    text += " relu";
  if (op.weightType != ElementType::F32)
    text += std::string(" weights ") + nameOf(op.weightType);
  if (op.accumulatorType != ElementType::F32)
    text += std::string(" accumulator ") + nameOf(op.accumulatorType);
  text += " -> " + print(op.result);
  return op.type == ElementType::F32 ? text : text + " " + nameOf(op.type);
}

static std::string print(const Machine &machine) {
  return machine.name + " " + machine.family + " " + machine.halideTarget +
         " vector " + std::to_string(machine.vectorBytes) + " registers " +
         std::to_string(machine.vectorRegisters) + " l1 " +
         std::to_string(machine.l1Bytes) + " l2 " +
         std::to_string(machine.l2Bytes) + " align " +
         std::to_string(machine.channelAlignment) +
         (machine.halfArithmetic ? " half" : "") +
         (machine.multiprocessors
              ? " multiprocessors " + std::to_string(machine.multiprocessors) +
                    " shared " + std::to_string(machine.sharedBytes)
              : "");
}

/// Inputs, operations and outputs.
static std::string printBody(const KernelRequest &request) {
  std::string text;
  if (request.images != 1)
    text += "images " + std::to_string(request.images) + "\n";
  int value = 0;
  for (const Operand &input : request.inputs)
    text += "%" + std::to_string(value++) + " = input " + print(input) + "\n";
  for (const Op &op : request.ops)
    text += "%" + std::to_string(value++) + " = " + print(op) + "\n";
  for (const KernelOutput &output : request.outputs)
    text += "output %" + std::to_string(output.value) + " " +
            print(output.operand) + "\n";
  return text;
}

std::string printWorkload(const KernelRequest &request) {
  KernelRequest workload = request;
  for (Op &op : workload.ops) {
    op.mean.clear();
    op.standardDeviation.clear();
  }
  return printBody(workload);
}

std::string print(const KernelRequest &request) {
  std::string text =
      "machine " + print(request.machine) + "\n" + printBody(request);
  for (const auto &parameter : request.parameters)
    text += "parameter " + parameter.first + " " +
            std::to_string(parameter.second) + "\n";
  return text;
}

const Shape &shapeOf(const KernelRequest &request, int value) {
  size_t inputs = request.inputs.size();
  return size_t(value) < inputs ? request.inputs[value].shape
                                : request.ops[value - inputs].result;
}

int64_t multiplyAdds(const KernelRequest &request) {
  int64_t total = 0;
  for (const Op &op : request.ops) {
    int64_t inputs =
        op.inputs.empty() ? 0 : shapeOf(request, op.inputs[0]).channels;
    int64_t results =
        int64_t(op.result.channels) * op.result.width * op.result.height;
    if (op.kind == OpKind::Conv)
      total += results * op.kernel * op.kernel * (inputs / op.groups);
    else if (op.kind == OpKind::Linear)
      total += results * inputs;
    else if (op.kind == OpKind::Excite)
      total += 2 * inputs * op.hidden;
  }
  return total;
}

} // namespace mobileone::schedules
