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

Parameter makeParameter(const std::string &name, std::vector<int> values,
                        int standard) {
  values.push_back(standard);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return {name, std::move(values), standard};
}

Parameter partsParameter(const std::string &name, int extent, int limit,
                         int fewest, int standard) {
  std::vector<int> values;
  for (int parts = fewest; parts <= extent; ++parts)
    if (ceilDivide(extent, parts) <= limit)
      values.push_back(ceilDivide(extent, parts));
  return makeParameter(name, std::move(values), standard);
}

/// The rows that the busier of two threads computes.
static int busierThread(int height, int rows) {
  return ceilDivide(ceilDivide(height, rows), 2) * rows;
}

int balancedTileRows(int height, int limit) {
  int best = limit;
  for (int rows = limit; 2 * rows > limit; --rows)
    if (busierThread(height, rows) < busierThread(height, best))
      best = rows;
  return best;
}

Parameter tileRowsParameter(int height, int limit, int standard) {
  Parameter rows = partsParameter("tile_rows", height, limit,
                                  ceilDivide(height, standard), standard);
  int smallest = std::min(ceilDivide(height, 16), standard);
  auto end =
      std::remove_if(rows.values.begin(), rows.values.end(), [&](int value) {
        return value < smallest ||
               busierThread(height, value) > busierThread(height, standard);
      });
  rows.values.erase(end, rows.values.end());
  return rows;
}

Parameter
channelTilesParameter(KernelRequest request,
                      int (*tileCount)(const KernelRequest &request)) {
  request.parameters.clear();
  int standard = tileCount(request);
  std::vector<int> values;
  for (int tiles = standard; tiles <= 16; ++tiles) {
    request.parameters["channel_tiles"] = tiles;
    if (tileCount(request) == tiles)
      values.push_back(tiles);
  }
  return makeParameter("channel_tiles", std::move(values), standard);
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
  // What sums start from.
  if (isBias) {
    result.type = op.accumulatorType;
    return result;
  }
  result.type = op.weightType;
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
