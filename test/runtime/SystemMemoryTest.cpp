//===- SystemMemoryTest.cpp - Tests of memory from the operating system ---===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/src/SystemMemory.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace mobileone::runtime;

namespace {

/// Whether the page at `address` is mapped.
bool isMapped(const char *address) {
  unsigned char resident;
  size_t page = size_t(sysconf(_SC_PAGESIZE));
  void *start = reinterpret_cast<void *>(uintptr_t(address) / page * page);
  return mincore(start, page, &resident) == 0;
}

TEST(SystemMemoryTest, ReservesAndReleasesWhole) {
  constexpr size_t mebibyte = size_t(1) << 20;
  for (size_t bytes : {size_t(1), size_t(5000), 2 * mebibyte - 1, 2 * mebibyte,
                       5 * mebibyte + 3}) {
    SystemMemory memory = reserveMemory(bytes);
    ASSERT_NE(memory.address, nullptr);
    EXPECT_GE(memory.bytes, bytes);
    EXPECT_EQ(uintptr_t(memory.address) %
                  (bytes >= 2 * mebibyte ? 2 * mebibyte : 64),
              0u);
    memset(memory.address, 1, memory.bytes);
    const char *first = static_cast<const char *>(memory.address);
    const char *last = first + memory.bytes - 1;
    EXPECT_TRUE(isMapped(first));
    EXPECT_TRUE(isMapped(last));
    releaseMemory(memory);
    EXPECT_FALSE(isMapped(first));
    EXPECT_FALSE(isMapped(last));
  }
}

TEST(SystemMemoryTest, SaysThatThereIsNone) {
  EXPECT_EQ(reserveMemory(size_t(1) << 60).address, nullptr);
  releaseMemory({nullptr, 0});
}

} // namespace
