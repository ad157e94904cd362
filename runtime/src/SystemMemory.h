//===- SystemMemory.h - Memory from the operating system --------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_SYSTEMMEMORY_H
#define MOBILEONE_RUNTIME_SYSTEMMEMORY_H

#include <stddef.h>

namespace mobileone::runtime {

constexpr size_t hugePageBytes = size_t(2) << 20;

/// Whether `reserveMemory` can ask this system for huge pages.
constexpr bool hasHugePages() {
#ifdef __linux__
  return true;
#else
  return false;
#endif
}

/// Memory that `releaseMemory` gives back whole.
struct SystemMemory {
  void *address;
  size_t bytes;
};

/// At least `bytes` bytes at a page's start; of 2 MiB or more, at a multiple of
/// 2 MiB and, on Linux, in huge pages where the system allows them: a network
/// walks through its activations again and again, and small pages would cost it
/// a tenth of its time in TLB misses. The address is NULL if there is none.
SystemMemory reserveMemory(size_t bytes);
void releaseMemory(SystemMemory memory);

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_SYSTEMMEMORY_H
