//===- ArenaPlannerTests.cpp - Placing buffers in the arena -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/ArenaPlanner.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <cstdlib>
#include <random>

using namespace mobileone;
using testing::HasSubstr;

namespace {

/// A chain: buffer i is written in step i and read in step i + 1.
std::vector<ArenaBuffer> chain(const std::vector<int64_t> &sizes) {
  std::vector<ArenaBuffer> buffers;
  for (size_t i = 0; i < sizes.size(); ++i)
    buffers.push_back({"b" + std::to_string(i), sizes[i], int(i), int(i) + 1});
  return buffers;
}

TEST(ArenaPlanner, NothingNeedsNoMemory) {
  ArenaPlan plan = planArena({});
  EXPECT_EQ(plan.bytes, 0);
  EXPECT_TRUE(plan.offsets.empty());
}

TEST(ArenaPlanner, ChainAlternatesBetweenTwoRegions) {
  ArenaPlan plan = planArena(chain({640, 640, 640, 640, 640}));
  EXPECT_EQ(plan.bytes, 1280);
  EXPECT_THAT(plan.offsets, testing::ElementsAre(0, 640, 0, 640, 0));
}

TEST(ArenaPlanner, ShrinkingChainStaysWhereMemoryIsHot) {
  std::vector<ArenaBuffer> buffers = chain({640, 512, 384, 256, 128, 64});
  ArenaPlan plan = planArena(buffers);
  EXPECT_EQ(plan.bytes, arenaLowerBound(buffers));
  EXPECT_THAT(plan.offsets, testing::ElementsAre(0, 640, 0, 640, 0, 640));
}

TEST(ArenaPlanner, LongLivedBufferKeepsItsMemory) {
  std::vector<ArenaBuffer> buffers = chain({64, 64, 64, 64});
  buffers[0].lastStep = 4;
  ArenaPlan plan = planArena(buffers);
  EXPECT_EQ(plan.bytes, 3 * 64);
  EXPECT_EQ(checkArenaPlan(buffers, plan), "");
}

TEST(ArenaPlanner, SizesAreRoundedUpToLines) {
  ArenaPlan plan = planArena(chain({1, 65, 3}));
  EXPECT_EQ(plan.bytes, 64 + 128);
  EXPECT_THAT(plan.offsets, testing::Each(testing::Truly([](int64_t offset) {
                return offset % arenaAlignment == 0;
              })));
}

TEST(ArenaPlanner, RandomLiveRanges) {
  const int rounds = std::getenv("MOBILEONE_FULL_TESTS") ? 5000 : 300;
  double worst = 1;
  for (int seed = 0; seed < rounds; ++seed) {
    std::mt19937 random(seed);
    auto upTo = [&](int n) { return int(random() % unsigned(n)); };
    std::vector<ArenaBuffer> buffers;
    int steps = 1 + upTo(20);
    for (int i = 0, n = 1 + upTo(40); i < n; ++i) {
      int first = upTo(steps);
      buffers.push_back({"b" + std::to_string(i), 1 + upTo(5000), first,
                         first + upTo(steps - first)});
    }
    ArenaPlan plan = planArena(buffers);
    ASSERT_EQ(checkArenaPlan(buffers, plan), "")
        << "seed " << seed << "\n"
        << dumpArenaPlan(buffers, plan);
    int64_t bound = arenaLowerBound(buffers);
    ASSERT_GE(plan.bytes, bound);
    worst = std::max(worst, double(plan.bytes) / double(bound));
  }
  EXPECT_LT(worst, 1.6);
}

TEST(ArenaPlanner, CheckFindsWhatIsWrong) {
  std::vector<ArenaBuffer> buffers = chain({64, 64});
  EXPECT_EQ(checkArenaPlan(buffers, {{0, 0}, 128}), "b1 overlaps b0");
  EXPECT_EQ(checkArenaPlan(buffers, {{0, 96}, 160}),
            "b1 is not aligned: offset 96");
  EXPECT_EQ(checkArenaPlan(buffers, {{0, 64}, 64}),
            "b1 ends at 128, the arena at 64");
}

TEST(ArenaPlanner, DumpShowsOffsetsAndSteps) {
  std::vector<ArenaBuffer> buffers = chain({64, 128});
  std::string text = dumpArenaPlan(buffers, planArena(buffers));
  EXPECT_THAT(text, HasSubstr("arena: 192 bytes, lower bound 192"));
  EXPECT_THAT(text, HasSubstr("         0 +64         ##. b0"));
  EXPECT_THAT(text, HasSubstr("        64 +128        .## b1"));
}

} // namespace
