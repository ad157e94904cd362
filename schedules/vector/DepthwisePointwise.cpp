//===- DepthwisePointwise.cpp - A block of a network ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/vector/Block.h"
#include "schedules/vector/Schedules.h"

namespace mobileone::schedules {

static bool matches(const KernelRequest &request) {
  Block block = parseBlock(request);
  return block.isValid && block.depthwise >= 0 && block.pointwise >= 0;
}

static KernelLayout layout(const KernelRequest &request) {
  return layoutBlock(request, vectorDepthwisePointwise.name);
}

const Schedule vectorDepthwisePointwise = {
    "depthwise_pointwise", matches,  layout, buildBlock,
    blockParameters,       blockFits};

} // namespace mobileone::schedules
