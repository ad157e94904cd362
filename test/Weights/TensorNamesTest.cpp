//===- TensorNamesTest.cpp - Lists of tensor names in messages ------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/TensorNames.h"

#include <gtest/gtest.h>

using namespace mobileone;

TEST(TensorNames, KnowsSuffixes) {
  EXPECT_TRUE(hasSuffix("a.bias", ".bias"));
  EXPECT_TRUE(hasSuffix(".bias", ".bias"));
  EXPECT_FALSE(hasSuffix("bias", ".bias"));
  EXPECT_FALSE(hasSuffix("a.bias.x", ".bias"));
}

TEST(TensorNames, ListsFewOneByOne) {
  EXPECT_EQ(listNames({}), "");
  EXPECT_EQ(listNames({"a.1", "a.2\x1b"}), "\n    a.1\n    a.2\\u{1b}");
}

TEST(TensorNames, GroupsDozensByPattern) {
  std::vector<std::string> names = {"linear.bias"};
  for (int i = 0; i < 30; ++i)
    names.push_back("stage1." + std::to_string(i) + ".rbr_skip.bias");
  EXPECT_EQ(listNames(names), "\n    linear.bias"
                              "\n    stage*.*.rbr_skip.bias (30, the first is "
                              "stage1.0.rbr_skip.bias)");
}

TEST(TensorNames, EndsALongList) {
  std::vector<std::string> names;
  for (char a = 'a'; a <= 'z'; ++a)
    for (char b : {'x', 'y', 'z'})
      names.push_back({a, b});
  std::string text = listNames(names);
  EXPECT_NE(text.find("\n    tz\n    and 18 more lines like these"),
            std::string::npos)
      << text;
}
