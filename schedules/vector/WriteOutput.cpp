//===- WriteOutput.cpp - Copies and sums without a convolution ------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/vector/Schedules.h"
#include "schedules/vector/Stages.h"

#include <algorithm>

using namespace Halide;

namespace mobileone::schedules {

static bool matches(const KernelRequest &request) {
  int inputs = int(request.inputs.size()), last = int(request.ops.size()) - 1;
  if (last < 0 || last > 1 || request.outputs.size() != 1 ||
      request.ops[last].kind != OpKind::WriteOutput ||
      request.ops[last].result.height == 1 ||
      request.outputs[0].value != inputs + last)
    return false;
  const Op &first = request.ops[0];
  return last == 0 ||
         (first.kind == OpKind::Scale && first.inputs[1] < inputs &&
          request.ops[1].inputs[0] == inputs);
}

static KernelLayout layout(const KernelRequest &request) {
  KernelLayout layout;
  layout.schedule = request.machine.family + "." + vectorWriteOutput.name;
  int height = request.outputs[0].operand.shape.height;
  tileRows(layout, height,
           parameter(request, "tile_rows", ceilDivide(height, 4)));
  return layout;
}

/// The dimension along which the caller's memory is dense gets the vectors.
static void build(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  KernelBuilder builder(request, layout);
  Definition definition;
  for (int i = 0; i < int(request.ops.size()); ++i)
    definition = builder.define(i, ElementType::F32);
  const Operand &operand = request.outputs[0].operand;
  Dimensions d;
  bool alongRows = operand.strides[0] != 1 && operand.strides[1] == 1;
  int extent = alongRows ? operand.shape.width : operand.storedChannels;
  Var dense = alongRows ? d.x : d.c;
  int lanes = lanesOf(request.machine);
  while (lanes > extent)
    lanes /= 2;
  definition.result.compute_root();
  if (alongRows)
    definition.result.reorder(d.x, d.c, d.y);
  if (lanes > 1)
    definition.result.vectorize(dense, lanes, TailStrategy::ShiftInwards);
  builder.finish(kernel);
}

const Schedule vectorWriteOutput = {"write_output", matches, layout, build};

} // namespace mobileone::schedules
