//===- Excite.cpp - Squeeze-excite's two layers ---------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every block of threads computes the means and the hidden layer into shared
// memory, and some gates.
//
//===----------------------------------------------------------------------===//
#include "schedules/cuda/Schedules.h"
#include "schedules/cuda/Stages.h"
#include "schedules/vector/Schedules.h"

using namespace Halide;

namespace mobileone::schedules {

/// Gates of a block.
constexpr int outputs = 32;

static int inputsOf(const KernelRequest &request) {
  return roundUp(request.ops[0].result.channels,
                 request.machine.channelAlignment);
}

/// The hidden layer as weights of the other layer have it.
static int hiddenOf(const KernelRequest &request) {
  return roundUp(request.ops[0].hidden, request.machine.channelAlignment);
}

static bool matches(const KernelRequest &request) {
  int hidden = hiddenOf(request);
  // Sums of slices are at most 256 vectors; a thread has a vector of the hidden
  // layer.
  return vectorExcite.matches(request) && hidden <= 1024 &&
         4 * (inputsOf(request) + hidden + 2 * 1024) <=
             request.machine.sharedBytes;
}

static KernelLayout layout(const KernelRequest &request) {
  KernelLayout layout;
  layout.schedule = request.machine.family + "." + cudaExcite.name;
  layout.weights = vectorExcite.layout(request).weights;
  return layout;
}

static void build(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  KernelBuilder builder(request, layout);
  ExciteDefinition excite = builder.defineExcite(0);
  int hidden = hiddenOf(request);
  int gateSlices = slicesOf(hidden, outputs);
  int hiddenSlices = slicesOf(inputsOf(request), hidden);
  Launch launch = scheduleVector(excite.gate.result, outputs);
  int threads = outputs / outputsPerThread * gateSlices;
  stageStrip(excite.mean, launch, threads, 4);
  Launch hiddenLayer = stageVector(excite.hidden.result, hidden, launch);
  scheduleSlicedSums(excite.hidden, hiddenLayer, launch, hidden, hiddenSlices);
  scheduleSlicedSums(excite.gate, launch, launch, outputs, gateSlices);
  builder.finish(kernel);
}

const Schedule cudaExcite = {"excite", matches, layout, build};

} // namespace mobileone::schedules
