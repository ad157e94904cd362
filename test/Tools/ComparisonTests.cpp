//===- ComparisonTests.cpp - Tests of comparing tensors -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Comparison.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace mobileone;

TEST(ComparisonTest, AddsAbsoluteAndRelativeTolerance) {
  Comparison close = compareTensors({1.001, 10.01, 9e-5}, {1, 10, 0}, {3}, {});
  EXPECT_TRUE(close.passed());
  EXPECT_NEAR(close.maxAbsolute, 0.01, 1e-12);
  EXPECT_NEAR(close.maxRelative, 0.001, 1e-12);
  EXPECT_EQ(compareTensors({1.0012}, {1}, {1}, {}).mismatches, 1u);
  EXPECT_EQ(compareTensors({1.1e-4}, {0}, {1}, {}).mismatches, 1u);
}

TEST(ComparisonTest, FindsTheWorstElement) {
  Comparison result =
      compareTensors({0, 0, 0, 5, 0, 1}, {0, 0, 0, 0, 0, 0}, {1, 2, 3}, {});
  EXPECT_EQ(result.elements, 6u);
  EXPECT_EQ(result.mismatches, 2u);
  EXPECT_EQ(result.worstIndex, (std::vector<int64_t>{0, 1, 0}));
  EXPECT_EQ(result.worstFound, 5);
  EXPECT_EQ(result.worstExpected, 0);
}

TEST(ComparisonTest, LetsNoNanPass) {
  EXPECT_FALSE(compareTensors({NAN}, {1}, {1}, {}).passed());
  EXPECT_FALSE(compareTensors({1}, {NAN}, {1}, {}).passed());
  EXPECT_FALSE(compareTensors({NAN}, {NAN}, {1}, {}).passed());
  EXPECT_FALSE(compareTensors({INFINITY}, {1}, {1}, {}).passed());
  EXPECT_TRUE(std::isinf(compareTensors({NAN}, {1}, {1}, {}).maxAbsolute));
}
