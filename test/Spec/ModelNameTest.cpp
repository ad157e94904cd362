//===- ModelNameTest.cpp - Names that C and C++ programs can use ----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/ModelName.h"

#include <gtest/gtest.h>

using namespace mobileone;

TEST(ModelName, AcceptsIdentifiers) {
  for (const char *name : {"m", "mobileone_s0", "Net2", "logits", "a_b_c"})
    EXPECT_EQ(problemWithName(name), "") << name;
  EXPECT_EQ(problemWithName(std::string(128, 'x')), "");
}

TEST(ModelName, RefusesWhatIsNoIdentifier) {
  EXPECT_EQ(problemWithName(""), "is empty");
  EXPECT_EQ(problemWithName(std::string(129, 'x')),
            "is longer than 128 characters");
  for (const char *name : {"2net", "a-b", "a b", "a.b",
                           "gr\xc3\xb6\xc3\x9f"
                           "e",
                           "a\n", "a$"})
    EXPECT_EQ(problemWithName(name),
              "is not a C identifier: letters, digits and _, no digit first");
}

TEST(ModelName, RefusesKeywords) {
  for (const char *name :
       {"int", "class", "restrict", "co_await", "xor_eq", "alignas", "typeof"})
    EXPECT_EQ(problemWithName(name), "is a keyword of C or C++") << name;
}

TEST(ModelName, RefusesReservedNames) {
  for (const char *name : {"_net", "my__net", "_Net", "__"})
    EXPECT_EQ(problemWithName(name),
              "is reserved by C and C++: it starts with _ or contains __");
}

TEST(ModelName, RefusesNamesOfTheRuntime) {
  for (const char *name : {"main", "memcpy", "mobileone_run", "mobileone"})
    EXPECT_EQ(problemWithName(name),
              "is taken by the C library or the runtime");
}
