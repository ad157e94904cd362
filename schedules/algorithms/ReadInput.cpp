//===- ReadInput.cpp - The caller's image, normalized ---------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedules/algorithms/Algorithms.h"

using namespace Halide;

namespace mobileone::schedules {

/// values[index], or `otherwise` where there are no values.
static Expr lookUp(const std::vector<float> &values, Expr index,
                   float otherwise) {
  if (values.empty())
    return otherwise;
  Expr result = values.back();
  for (int i = int(values.size()) - 2; i >= 0; --i)
    result = select(index == i, values[i], result);
  return result;
}

/// (value - mean) / standard deviation as one multiply-add.
static Expr normalize(const Op &op, Expr value, Expr channel) {
  Expr result = cast<float>(value);
  if (op.mean.empty() && op.standardDeviation.empty())
    return result;
  std::vector<float> factors, offsets;
  for (int i = 0; i < op.result.channels; ++i) {
    double mean = op.mean.empty() ? 0.0 : op.mean[i];
    double deviation =
        op.standardDeviation.empty() ? 1.0 : op.standardDeviation[i];
    factors.push_back(float(1.0 / deviation));
    offsets.push_back(float(-mean / deviation));
  }
  return result * lookUp(factors, channel, 1.0f) +
         lookUp(offsets, channel, 0.0f);
}

Definition readInput(const Op &op, const Tensor &input) {
  Dimensions d(input);
  Func result("input_image");
  // Channels that only pad are zero, whatever the offsets are.
  Expr channel = clamp(d.c, 0, op.result.channels - 1);
  Expr value = normalize(op, input.at(channel, d.x, d.y), channel);
  result(d.all) = finish(op, select(d.c < op.result.channels, value, 0.0f));
  return {result, Func(), RDom()};
}

Definition inputRows(const Op &op, const Tensor &input, const Op &conv) {
  Func result("input_rows");
  Var column(channelName), plane(columnName), y(rowName);
  int channels = op.result.channels;
  Expr channel = plane % channels;
  Expr x = column - conv.padding;
  Expr row = y * conv.stride + plane / channels - conv.padding;
  Expr inside =
      x >= 0 && x < op.result.width && row >= 0 && row < op.result.height;
  // `likely` makes loops whose middle does not look at the borders.
  Expr value = input.at(channel, clamp(likely(x), 0, op.result.width - 1),
                        clamp(row, 0, op.result.height - 1));
  result(column, plane, y) =
      finish(op, select(inside, likely(normalize(op, value, channel)), 0.0f));
  return {result, Func(), RDom()};
}

} // namespace mobileone::schedules
