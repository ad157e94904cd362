//===- PoolLinear.cpp - Pool and classify ---------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every block of threads pools the whole map into shared memory, which is
// cheap, and computes some classes.
//
//===----------------------------------------------------------------------===//
#include "schedules/cuda/Schedules.h"
#include "schedules/cuda/Stages.h"
#include "schedules/vector/Schedules.h"

using namespace Halide;

namespace mobileone::schedules {

/// Outputs of a block.
constexpr int outputs = 16;

static int inputsOf(const KernelRequest &request) {
  return roundUp(shapeOf(request, 0).channels,
                 request.machine.channelAlignment);
}

static bool matches(const KernelRequest &request) {
  return vectorPoolLinear.matches(request) &&
         4 * (inputsOf(request) + outputs * 64) <= request.machine.sharedBytes;
}

static KernelLayout layout(const KernelRequest &request) {
  KernelLayout layout;
  layout.schedule = request.machine.family + "." + cudaPoolLinear.name;
  layout.weights = vectorPoolLinear.layout(request).weights;
  return layout;
}

static void build(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  KernelBuilder builder(request, layout);
  int pool = int(request.ops.size()) - 2;
  if (pool > 0)
    builder.define(0, ElementType::F32);
  Definition pooled = builder.define(pool, ElementType::F32);
  Definition linear = builder.define(pool + 1);
  int slices = slicesOf(inputsOf(request), outputs);
  Launch launch = scheduleVector(linear.result, outputs);
  stageStrip(pooled, launch, outputs / outputsPerThread * slices, 4);
  scheduleSlicedSums(linear, launch, launch, outputs, slices);
  builder.finish(kernel);
}

const Schedule cudaPoolLinear = {"pool_linear", matches, layout, build};

} // namespace mobileone::schedules
