//===- DepthwisePointwise.cpp - A block of a network ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// [Scale ->] depthwise -> pointwise -> outputs. The depthwise results of a
// tile's rows stay in the caches as a strip of all channels; the pointwise
// product reads it panel by panel of weights.
//
//===----------------------------------------------------------------------===//

#include "schedules/x86/Schedules.h"
#include "schedules/x86/Stages.h"

#include <algorithm>

using namespace Halide;

namespace mobileone::schedules {

static bool matches(const KernelRequest &request) {
  const std::vector<Op> &ops = request.ops;
  return ops.size() == 2 && isDepthwise(request, ops[0]) &&
         ops[1].kind == OpKind::Conv && !isDepthwise(request, ops[1]) &&
         ops[1].kernel == 1 && request.outputs.size() == 1;
}

static KernelLayout layout(const KernelRequest &request) {
  KernelLayout layout;
  layout.schedule = x86DepthwisePointwise.name;
  const Op &depthwise = request.ops[0], &pointwise = request.ops[1];
  int value = int(request.inputs.size());
  int stored = request.outputs[0].operand.storedChannels;
  Shape shape = pointwise.result;
  RegisterTile tile = chooseRegisterTile(request, stored, shape.width);
  bool byChannels = shape.width * shape.height < 64;
  if (byChannels) {
    layout.tileDimension = 0;
    int tiles = parameter(request, "channel_tiles", 4);
    layout.tileExtent = roundUp(ceilDivide(stored, tiles), tile.panel);
    layout.tileCount = ceilDivide(stored, layout.tileExtent);
  } else {
    tileRows(layout, shape.height,
             parameter(request, "tile_rows", evenPart(shape.height, 8)));
  }
  for (const WeightOperand &operand : weightOperands(request))
    layout.weights.push_back(packing(request, operand,
                                     {operand.op == 1 ? tile.panel : 1,
                                      request.machine.channelAlignment,
                                      request.machine.channelAlignment}));
  layout.scratch.push_back(
      makeStrip(request, value, depthwise.result, !byChannels));
  return layout;
}

static void build(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  KernelBuilder builder(request, layout);
  const Op &op = request.ops[1];
  Definition depthwise = builder.define(0);
  scheduleDepthwise(request, depthwise, request.ops[0]);
  builder.addScratch(depthwise.result);
  Definition pointwise = builder.define(1);
  RegisterTile tile = chooseRegisterTile(
      request, request.outputs[0].operand.storedChannels, op.result.width);
  scheduleProduct(pointwise, builder.weight(1), tile, op.result.width);
  builder.finish(kernel);
}

const Schedule x86DepthwisePointwise = {"x86.depthwise_pointwise", matches,
                                        layout, build};

} // namespace mobileone::schedules
