//===- WriteOutput.cpp - Copies for the caller ----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/cuda/Schedules.h"
#include "schedules/cuda/Stages.h"
#include "schedules/vector/Schedules.h"

namespace mobileone::schedules {

static bool matches(const KernelRequest &request) {
  return vectorWriteOutput.matches(request);
}

static KernelLayout layout(const KernelRequest &request) {
  KernelLayout layout;
  layout.schedule = request.machine.family + "." + cudaWriteOutput.name;
  return layout;
}

static void build(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  KernelBuilder builder(request, layout);
  Definition definition;
  for (int i = 0; i < int(request.ops.size()); ++i)
    definition = builder.define(i, ElementType::F32);
  const Operand &operand = request.outputs[0].operand;
  scheduleElements(definition, operand, lanesOf(operand));
  builder.finish(kernel);
}

const Schedule cudaWriteOutput = {"write_output", matches, layout, build};

} // namespace mobileone::schedules
