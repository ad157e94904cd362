//===- BlockCountsTests.cpp - Tests of reading counts ---------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/BlockCounts.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace mobileone;
using testing::HasSubstr;

TEST(BlockCountsTest, ReadsBlocks) {
  DiagnosticList diagnostics;
  std::optional<BlockCounts> counts =
      parseBlockCounts("mobileone-count 1 aarch64\n4000801000 12 "
                       "2010a24fc0035fd6\n10 1 00\nend\n",
                       "counts.txt", diagnostics);
  ASSERT_TRUE(counts) << diagnostics.str();
  EXPECT_EQ(counts->architecture, "aarch64");
  ASSERT_EQ(counts->blocks.size(), 2u);
  EXPECT_EQ(counts->blocks[0].address, 0x4000801000u);
  EXPECT_EQ(counts->blocks[0].count, 12u);
  EXPECT_EQ(counts->blocks[0].bytes, "\x20\x10\xa2\x4f\xc0\x03\x5f\xd6");
  EXPECT_EQ(counts->blocks[1].address, 16u);
}

/// What reading `text` reports.
static std::string errorOf(const std::string &text) {
  DiagnosticList diagnostics;
  EXPECT_FALSE(parseBlockCounts(text, "counts.txt", diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::BadInput));
  return diagnostics.str();
}

TEST(BlockCountsTest, RefusesWhatIsNone) {
  EXPECT_THAT(errorOf("mobileone-count 2 aarch64\nend\n"),
              HasSubstr("counts.txt: is not what mobileone-count writes, or of "
                        "another version"));
  EXPECT_THAT(errorOf(""), HasSubstr("is not what mobileone-count writes"));
}

TEST(BlockCountsTest, RefusesPartsOfFiles) {
  EXPECT_THAT(errorOf("mobileone-count 1 aarch64\n10 1 00\n"),
              HasSubstr("ends before its last line"));
  for (const char *line : {"10 1", "10 1 0g", "10 x 00", "-1 1 00", "10 1 "})
    EXPECT_THAT(
        errorOf(std::string("mobileone-count 1 aarch64\n") + line + "\nend\n"),
        HasSubstr(std::string("line 2 is no block: '") + line + "'"));
}
