//===- Pointwise.cpp - A pointwise convolution ----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/cuda/Block.h"
#include "schedules/cuda/Schedules.h"

namespace mobileone::schedules {

static bool matches(const KernelRequest &request) {
  Block block = parseBlock(request);
  return block.isValid && block.depthwise < 0 && block.pointwise >= 0 &&
         fitsThreadBlock(request, block);
}

static KernelLayout layout(const KernelRequest &request) {
  return layoutProduct(request, cudaPointwise.name);
}

const Schedule cudaPointwise = {"pointwise", matches, layout, buildProduct};

} // namespace mobileone::schedules
