//===- KernelCandidatesTests.cpp - Parameters worth measuring -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/KernelCandidates.h"

#include "TestSchedule.h"

#include <gtest/gtest.h>

using namespace mobileone;
using schedules::KernelRequest;

namespace {

Assignment choice(int vectors, int pixels) {
  return {{"vectors", vectors}, {"pixels", pixels}};
}

TEST(KernelCandidatesTest, TakesTheNearestOfEachParameterFirst) {
  std::vector<Assignment> expected = {choice(1, 4), choice(2, 2), choice(4, 4)};
  EXPECT_EQ(kernelCandidates({}, kSchedule, 3), expected);
}

TEST(KernelCandidatesTest, TakesPairsByChanceAtTheEnd) {
  std::vector<Assignment> candidates = kernelCandidates({}, kSchedule, 8);
  ASSERT_EQ(candidates.size(), 8u);
  // Two of vectors and three of pixels fit alone; a quarter is by chance.
  for (size_t i = 0; i < 5; ++i)
    EXPECT_TRUE(candidates[i]["vectors"] == 2 || candidates[i]["pixels"] == 4);
}

TEST(KernelCandidatesTest, TakesEachOnceAndOnlyWhatIsLegal) {
  std::vector<Assignment> candidates = kernelCandidates({}, kSchedule, 100);
  std::set<Assignment> distinct(candidates.begin(), candidates.end());
  // All 12 legal ones but the schedule's own choice.
  EXPECT_EQ(candidates.size(), 11u);
  EXPECT_EQ(distinct.size(), 11u);
  EXPECT_EQ(distinct.count(choice(2, 4)), 0u);
  EXPECT_EQ(distinct.count(choice(4, 28)), 0u);
}

TEST(KernelCandidatesTest, IsTheSameForTheSameRequest) {
  EXPECT_EQ(kernelCandidates({}, kSchedule, 9),
            kernelCandidates({}, kSchedule, 9));
}

TEST(KernelCandidatesTest, HasNoneWithoutParameters) {
  schedules::Schedule fixed = kSchedule;
  fixed.parameters = nullptr;
  EXPECT_TRUE(kernelCandidates({}, fixed, 24).empty());
}

} // namespace
