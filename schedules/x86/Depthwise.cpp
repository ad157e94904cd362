//===- Depthwise.cpp - A depthwise convolution ----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/x86/Block.h"
#include "schedules/x86/Schedules.h"

namespace mobileone::schedules {

static bool matches(const KernelRequest &request) {
  Block block = parseBlock(request);
  return block.isValid && block.depthwise >= 0 && block.pointwise < 0;
}

static KernelLayout layout(const KernelRequest &request) {
  return layoutBlock(request, x86Depthwise.name);
}

const Schedule x86Depthwise = {"x86.depthwise", matches,         layout,
                               buildBlock,      blockParameters, blockFits};

} // namespace mobileone::schedules
