//===- KernelSearchTests.cpp - Which parameters to try next ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/KernelSearch.h"

#include "TestSchedule.h"

#include <cstdlib>
#include <gtest/gtest.h>

using namespace mobileone;
using schedules::KernelRequest;

namespace {

/// Best at one vector and 28 pixels, which fits only with one vector.
double timeOf(const Assignment &assignment) {
  return 1 + 0.1 * (std::abs(assignment.at("pixels") - 28) - 24) / 24 +
         0.01 * (assignment.at("vectors") - 2);
}

/// Searches with `time`; the assignments that were measured, in order.
template <typename Time>
std::vector<Assignment> searchAll(KernelSearch &search, Time time) {
  std::vector<Assignment> asked;
  while (std::optional<Assignment> next = search.next()) {
    asked.push_back(*next);
    search.report(time(*next));
    EXPECT_LT(asked.size(), 100u);
  }
  return asked;
}

TEST(KernelSearchTest, FindsTheBest) {
  KernelSearch search({}, kSchedule, {});
  searchAll(search, timeOf);
  EXPECT_EQ(search.best(), (Assignment{{"vectors", 1}, {"pixels", 28}}));
  EXPECT_NEAR(search.bestTime(), 0.89, 1e-9);
}

TEST(KernelSearchTest, AsksOnlyForWhatIsLegal) {
  KernelSearch search({}, kSchedule, {});
  for (const Assignment &each : searchAll(search, timeOf)) {
    EXPECT_LE(each.at("vectors") * each.at("pixels"), 28);
    EXPECT_NE(each, search.standard());
  }
}

TEST(KernelSearchTest, CountsTheLegal) {
  EXPECT_EQ(KernelSearch({}, kSchedule, {}).spaceSize(), 5u + 4u + 3u);
}

TEST(KernelSearchTest, MeasuresAWinnerTwiceAndTakesTheWorse) {
  KernelSearch search({}, kSchedule, {});
  Assignment first = *search.next();
  search.report(0.5);
  EXPECT_EQ(*search.next(), first);
  search.report(1.2);
  EXPECT_EQ(search.best(), search.standard());
  EXPECT_NE(*search.next(), first);
  search.report(0.5);
  search.report(0.7);
  EXPECT_EQ(search.bestTime(), 0.7);
}

TEST(KernelSearchTest, StartsWithWhatIsKnown) {
  Assignment known = {{"vectors", 1}, {"pixels", 28}};
  Assignment illegal = {{"vectors", 4}, {"pixels", 28}};
  Assignment partial = {{"vectors", 1}}, unknown = {{"lanes", 4}};
  KernelSearch search({}, kSchedule, {illegal, unknown, partial, known});
  EXPECT_EQ(*search.next(), (Assignment{{"vectors", 1}, {"pixels", 4}}));
  search.report(1.1);
  EXPECT_EQ(*search.next(), known);
}

TEST(KernelSearchTest, EndsThoughNothingCanBeMeasured) {
  KernelSearch search({}, kSchedule, {});
  auto asked = searchAll(
      search, [](const Assignment &) { return std::optional<double>(); });
  EXPECT_EQ(search.best(), search.standard());
  EXPECT_EQ(search.bestTime(), 1);
  EXPECT_EQ(asked.size(), 11u);
}

TEST(KernelSearchTest, AsksTheSameForTheSameResults) {
  KernelSearch one({}, kSchedule, {}), other({}, kSchedule, {});
  EXPECT_EQ(searchAll(one, timeOf), searchAll(other, timeOf));
}

TEST(KernelSearchTest, HasNothingToAskWithoutParameters) {
  schedules::Schedule fixed = kSchedule;
  fixed.parameters = nullptr;
  KernelSearch search({}, fixed, {});
  EXPECT_FALSE(search.next());
}

} // namespace
