//===- Excite.cpp - Squeeze-excite's two layers ---------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/vector/Layer.h"
#include "schedules/vector/Schedules.h"
#include "schedules/vector/Stages.h"

using namespace Halide;

namespace mobileone::schedules {

static bool matches(const KernelRequest &request) {
  if (request.ops.size() != 1 || request.outputs.size() != 1 ||
      request.ops[0].kind != OpKind::Excite ||
      request.machine.channelAlignment % 16 != 0)
    return false;
  const Operand &output = request.outputs[0].operand;
  return request.outputs[0].value == 1 && output.strides[0] == 1 &&
         output.storedChannels % 16 == 0;
}

/// As many vectors as fit, up to four, since four chains hide the latency of a
/// multiply-add.
static int panelOf(int padded) {
  return padded % 64 == 0 ? 64 : padded % 32 == 0 ? 32 : 16;
}

static KernelLayout layout(const KernelRequest &request) {
  KernelLayout layout;
  layout.schedule = request.machine.family + "." + vectorExcite.name;
  const Op &op = request.ops[0];
  int stored = request.outputs[0].operand.storedChannels;
  int hidden = op.hidden > 32 ? 64 : panelOf(roundUp(op.hidden, 16));
  int align = request.machine.channelAlignment;
  for (const WeightOperand &operand : weightOperands(request)) {
    bool reduces = operand.role == WeightRole::ReduceFilter ||
                   operand.role == WeightRole::ReduceBias;
    int panel = reduces ? hidden : panelOf(stored);
    layout.weights.push_back(packing(request, operand, {panel, align, align}));
  }
  layout.scratch.push_back(
      makeStrip(request, 1, op.result, ElementType::F32, false));
  int paddedHidden = roundUp(op.hidden, hidden);
  layout.scratch.push_back(
      makeStrip(request, 1, {paddedHidden, 1, 1}, ElementType::F32, false));
  return layout;
}

static void build(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  KernelBuilder builder(request, layout);
  int lanes = lanesOf(request.machine);
  ExciteDefinition excite = builder.defineExcite(0);
  scheduleElementwise(request, excite.mean, layout.scratch[0].operand);
  scheduleLayer(excite.hidden, layout.weights[0].panel, lanes,
                TailStrategy::RoundUp);
  scheduleLayer(excite.gate, layout.weights[2].panel, lanes,
                TailStrategy::RoundUp);
  builder.addScratch(excite.mean.result);
  builder.addScratch(excite.hidden.result);
  builder.finish(kernel);
}

const Schedule vectorExcite = {"excite", matches, layout, build};

} // namespace mobileone::schedules
