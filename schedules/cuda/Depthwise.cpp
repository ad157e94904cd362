//===- Depthwise.cpp - A depthwise convolution ----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/cuda/Block.h"
#include "schedules/cuda/Schedules.h"
#include "schedules/vector/Schedules.h"

namespace mobileone::schedules {

static bool matches(const KernelRequest &request) {
  return vectorDepthwise.matches(request);
}

static KernelLayout layout(const KernelRequest &request) {
  KernelLayout layout;
  layout.schedule = request.machine.family + "." + cudaDepthwise.name;
  layout.weights = vectorDepthwise.layout(request).weights;
  return layout;
}

/// A thread computes four channels of a pixel.
static void build(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  Block block = parseBlock(request);
  KernelBuilder builder(request, layout);
  if (block.scale >= 0)
    builder.define(block.scale, ElementType::F32);
  Definition depthwise = builder.define(block.depthwise);
  for (const KernelOutput &output : request.outputs)
    if (output.value == builder.resultOf(block.depthwise)) {
      scheduleElements(depthwise, output.operand, lanesOf(output.operand));
      break;
    }
  finishBlock(request, block, builder, kernel);
}

const Schedule cudaDepthwise = {"depthwise", matches, layout, build};

} // namespace mobileone::schedules
