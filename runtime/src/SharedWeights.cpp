//===- SharedWeights.cpp - Weights in huge pages --------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SharedWeights.h"

#include "Lock.h"
#include "SystemMemory.h"

#include <new>
#include <string.h>
#include <sys/mman.h>

using namespace mobileone::runtime;

namespace {

/// Lies behind the weights in the memory of their copy.
struct alignas(64) Copy {
  const uint8_t *original;
  size_t bytes;
  SystemMemory memory;
  uint32_t users;
  Copy *next;
};

pthread_mutex_t copiesMutex = PTHREAD_MUTEX_INITIALIZER;
Copy *copies = nullptr;

/// Whole pages of `weights` are needed no more until someone reads them again.
void markUnused(const uint8_t *weights, size_t bytes) {
#ifdef MADV_COLD
  // Page sizes differ; every system's divide this.
  constexpr uintptr_t page = uintptr_t(64) << 10;
  uintptr_t begin = (uintptr_t(weights) + page - 1) / page * page;
  uintptr_t end = (uintptr_t(weights) + bytes) / page * page;
  if (begin < end)
    madvise(reinterpret_cast<void *>(begin), end - begin, MADV_COLD);
#else
  (void)weights, (void)bytes;
#endif
}

Copy *makeCopy(const uint8_t *weights, size_t bytes) {
  size_t recordOffset =
      (bytes + alignof(Copy) - 1) / alignof(Copy) * alignof(Copy);
  SystemMemory memory = reserveMemory(recordOffset + sizeof(Copy));
  if (!memory.address)
    return nullptr;
  auto *start = static_cast<uint8_t *>(memory.address);
  memcpy(start, weights, bytes);
  markUnused(weights, bytes);
  return new (start + recordOffset)
      Copy{weights, bytes, memory, /*users=*/0, /*next=*/nullptr};
}

} // namespace

const uint8_t *mobileone::runtime::acquireSharedWeights(const uint8_t *weights,
                                                        size_t bytes) {
  if (!hasHugePages() || bytes < hugePageBytes)
    return nullptr;
  Lock lock(copiesMutex);
  Copy *copy = copies;
  while (copy && (copy->original != weights || copy->bytes != bytes))
    copy = copy->next;
  if (!copy) {
    copy = makeCopy(weights, bytes);
    if (!copy)
      return nullptr;
    copy->next = copies;
    copies = copy;
  }
  ++copy->users;
  return static_cast<const uint8_t *>(copy->memory.address);
}

void mobileone::runtime::releaseSharedWeights(const uint8_t *weights) {
  Lock lock(copiesMutex);
  for (Copy **link = &copies; *link; link = &(*link)->next) {
    Copy *copy = *link;
    if (copy->memory.address != weights)
      continue;
    if (--copy->users == 0) {
      *link = copy->next;
      releaseMemory(copy->memory);
    }
    return;
  }
}
