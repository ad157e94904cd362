//===- PoolLinear.cpp - Pool and classify ---------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every tile pools the whole map, which is cheap, and computes some classes.
// The weights are read once, as one stream.
//
//===----------------------------------------------------------------------===//

#include "schedules/vector/Layer.h"
#include "schedules/vector/Schedules.h"
#include "schedules/vector/Stages.h"

using namespace Halide;

namespace mobileone::schedules {

/// The number of the pooling operation, after a gate or not, or -1.
static int poolOf(const KernelRequest &request) {
  const std::vector<Op> &ops = request.ops;
  int inputs = int(request.inputs.size());
  size_t pool = !ops.empty() && ops[0].kind == OpKind::Scale ? 1 : 0;
  if (ops.size() != pool + 2 || ops[pool].kind != OpKind::GlobalAveragePool ||
      ops[pool + 1].kind != OpKind::Linear)
    return -1;
  bool isChain = ops[pool + 1].inputs[0] == inputs + int(pool) &&
                 (pool == 0 || ops[1].inputs[0] == inputs) &&
                 (pool == 0 || ops[0].inputs[1] < inputs);
  return isChain ? int(pool) : -1;
}

static bool matches(const KernelRequest &request) {
  int pool = poolOf(request);
  if (pool < 0 || request.outputs.size() != 1 ||
      request.machine.channelAlignment % 16 != 0)
    return false;
  const KernelOutput &output = request.outputs[0];
  int value = int(request.inputs.size()) + pool + 1;
  return output.value == value && output.operand.strides[0] == 1;
}

static KernelLayout layout(const KernelRequest &request) {
  KernelLayout layout;
  layout.schedule = request.machine.family + "." + vectorPoolLinear.name;
  int pool = poolOf(request);
  int panel = parameter(request, "panel", 64);
  int stored = request.outputs[0].operand.storedChannels;
  int tiles = parameter(request, "channel_tiles", 4);
  layout.tileDimension = 0;
  layout.tileExtent = roundUp(ceilDivide(stored, tiles), panel);
  layout.tileCount = ceilDivide(stored, layout.tileExtent);
  layout.parameters = {{"panel", panel}, {"channel_tiles", layout.tileCount}};
  int align = request.machine.channelAlignment;
  for (const WeightOperand &operand : weightOperands(request))
    layout.weights.push_back(packing(request, operand, {panel, align, align}));
  layout.scratch.push_back(makeStrip(
      request, int(request.inputs.size()) + pool, request.ops[pool].result,
      request.ops[pool + 1].accumulatorType, false));
  return layout;
}

static void build(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  KernelBuilder builder(request, layout);
  int index = poolOf(request);
  if (index > 0)
    builder.define(0, ElementType::F32);
  // As it is multiplied.
  Definition pool =
      builder.define(index, request.ops[index + 1].accumulatorType);
  scheduleElementwise(request, pool, layout.scratch[0].operand);
  builder.addScratch(pool.result);
  Definition linear = builder.define(index + 1);
  scheduleLayer(
      linear, layout.weights[0].panel,
      lanesOf(request.machine, request.ops[index + 1].accumulatorType),
      TailStrategy::GuardWithIf);
  builder.finish(kernel);
}

static std::vector<Parameter> parameters(const KernelRequest &request) {
  return {channelTilesParameter(request, [](const KernelRequest &each) {
    return layout(each).tileCount;
  })};
}

const Schedule vectorPoolLinear = {"pool_linear", matches, layout, build,
                                   parameters};

} // namespace mobileone::schedules
