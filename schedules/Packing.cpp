//===- Packing.cpp - What layouts are made of -----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/Packing.h"

#include <algorithm>

namespace mobileone::schedules {

int parameter(const KernelRequest &request, const std::string &name,
              int otherwise) {
  auto found = request.parameters.find(name);
  return found == request.parameters.end() ? otherwise : found->second;
}

void tileRows(KernelLayout &layout, int height, int rows) {
  layout.tileDimension = 2;
  layout.tileExtent = std::clamp(rows, 1, height);
  layout.tileCount = ceilDivide(height, layout.tileExtent);
  layout.parameters["tile_rows"] = layout.tileExtent;
}

bool isDepthwise(const KernelRequest &request, const Op &op) {
  return op.kind == OpKind::Conv &&
         op.groups == shapeOf(request, op.inputs[0]).channels &&
         op.groups == op.result.channels;
}

WeightPacking packing(const KernelRequest &request,
                      const WeightOperand &operand, PackingChoice choice) {
  const Op &op = request.ops[operand.op];
  bool reduces = operand.role == WeightRole::ReduceFilter ||
                 operand.role == WeightRole::ReduceBias;
  bool expands = operand.role == WeightRole::ExpandFilter;
  bool isBias = operand.role == WeightRole::Bias ||
                operand.role == WeightRole::ReduceBias ||
                operand.role == WeightRole::ExpandBias;
  WeightPacking result;
  result.outputs = reduces ? op.hidden : op.result.channels;
  result.paddedOutputs =
      roundUp(roundUp(result.outputs, choice.panel), choice.outputAlignment);
  if (isBias)
    return result;
  result.taps = op.kind == OpKind::Conv ? op.kernel * op.kernel : 1;
  if (isDepthwise(request, op)) {
    result.kind = PackingKind::DepthwiseTaps;
    return result;
  }
  result.kind = PackingKind::Panels;
  result.panel = choice.panel;
  result.inputs = expands ? op.hidden : shapeOf(request, op.inputs[0]).channels;
  result.paddedInputs = roundUp(result.inputs, choice.inputAlignment);
  return result;
}

} // namespace mobileone::schedules
