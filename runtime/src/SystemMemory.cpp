//===- SystemMemory.cpp - Memory from the operating system ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SystemMemory.h"

#include <stdint.h>
#include <sys/mman.h>

using namespace mobileone::runtime;

namespace {

uint8_t *mapPages(size_t bytes) {
  void *address = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANON, -1, 0);
  return address == MAP_FAILED ? nullptr : static_cast<uint8_t *>(address);
}

} // namespace

SystemMemory mobileone::runtime::reserveMemory(size_t bytes) {
  if (bytes < hugePageBytes)
    return {mapPages(bytes), bytes};

  // One page more than needed, of which the ends that stick out go back.
  bytes = (bytes + hugePageBytes - 1) / hugePageBytes * hugePageBytes;
  uint8_t *mapped = mapPages(bytes + hugePageBytes);
  if (!mapped)
    return {nullptr, 0};
  size_t before =
      (hugePageBytes - uintptr_t(mapped) % hugePageBytes) % hugePageBytes;
  if (before)
    munmap(mapped, before);
  munmap(mapped + before + bytes, hugePageBytes - before);
  uint8_t *address = mapped + before;
#ifdef MADV_HUGEPAGE
  // A wish: where it is not granted, small pages do the same, slower.
  madvise(address, bytes, MADV_HUGEPAGE);
#endif
  return {address, bytes};
}

void mobileone::runtime::releaseMemory(SystemMemory memory) {
  if (memory.address)
    munmap(memory.address, memory.bytes);
}
