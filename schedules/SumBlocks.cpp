//===- SumBlocks.cpp - Long sums of halves --------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/SumBlocks.h"

namespace mobileone::schedules {

int sumBlock(int inputs) {
  // Kernels load inputs 16 at a time. A block costs as much as two inputs.
  constexpr int unit = 16, longestSum = 256, longest = 128, shortest = 64;
  if (inputs <= longestSum || inputs % unit != 0)
    return inputs;
  for (int block = longest; block >= shortest; block -= unit)
    if (inputs % block == 0)
      return block;
  return inputs;
}

} // namespace mobileone::schedules
