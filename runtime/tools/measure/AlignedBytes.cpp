//===- AlignedBytes.cpp - Memory as kernels want it -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AlignedBytes.h"

#include "mobileone/model_abi.h"

namespace mobileone::measure {

void AlignedBytes::resize(size_t count) {
  memory.resize(count + MOBILEONE_ALIGNMENT);
  uintptr_t address = reinterpret_cast<uintptr_t>(memory.data());
  aligned =
      memory.data() + (MOBILEONE_ALIGNMENT - address % MOBILEONE_ALIGNMENT);
  bytes = count;
}

} // namespace mobileone::measure
