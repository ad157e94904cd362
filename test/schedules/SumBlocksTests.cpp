//===- SumBlocksTests.cpp - Long sums of halves ---------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedules/SumBlocks.h"

#include <gtest/gtest.h>

#include <map>

using namespace mobileone::schedules;

namespace {

TEST(SumBlockTest, CutsLongSumsIntoEqualBlocks) {
  std::map<int, int> expected = {{16, 16},
                                 {256, 256},
                                 {320, 80},
                                 {448, 112},
                                 {512, 128},
                                 {640, 128},
                                 {896, 128},
                                 {1280, 128},
                                 {2048, 128},
                                 // None from 64 to 128 divides these.
                                 {272, 272},
                                 {912, 912},
                                 {1000, 1000}};
  for (auto [inputs, block] : expected)
    EXPECT_EQ(sumBlock(inputs), block) << inputs;
}

} // namespace
