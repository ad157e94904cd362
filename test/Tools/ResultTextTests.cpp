//===- ResultTextTests.cpp - Tests of tables and progress -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Progress.h"
#include "compiler/Tools/ResultTable.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <cstdlib>

using namespace mobileone;
using testing::HasSubstr;

TEST(ResultTableTest, AlignsColumns) {
  ResultTable table({{"layer", ResultTable::Align::Left}, {"ms"}, {"\u0394"}});
  table.addRow({"stem", "1.5", ""});
  table.addRule();
  table.addRow({"all", "10.25", "\u00b11"});
  EXPECT_EQ(table.str(), "layer     ms   \u0394\n"
                         "-----  -----  --\n"
                         "stem     1.5\n"
                         "-----  -----  --\n"
                         "all    10.25  \u00b11\n");
}

TEST(ResultTableTest, FormatsBytes) {
  EXPECT_EQ(formatBytes(0), "0 B");
  EXPECT_EQ(formatBytes(999), "999 B");
  EXPECT_EQ(formatBytes(1000), "1.00 KB");
  EXPECT_EQ(formatBytes(65536), "65.5 KB");
  EXPECT_EQ(formatBytes(999600), "1.00 MB");
  EXPECT_EQ(formatBytes(19.4e6), "19.4 MB");
  EXPECT_EQ(formatBytes(123456789012), "123 GB");
}

TEST(ResultTableTest, FormatsCounts) {
  EXPECT_EQ(formatCount(0), "0");
  EXPECT_EQ(formatCount(999), "999");
  EXPECT_EQ(formatCount(1000), "1,000");
  EXPECT_EQ(formatCount(-1234567), "-1,234,567");
}

/// What `Progress` writes in one style.
static std::string progressText(Progress::Style style) {
  char *text = nullptr;
  size_t bytes = 0;
  std::FILE *stream = open_memstream(&text, &bytes);
  {
    Progress progress(stream, style);
    progress.update("merging", 0, 0, "");
    progress.update("kernels", 0, 2, "a_kernel_with_quite_a_long_name");
    progress.update("kernels", 1, 2, "b");
    progress.update("kernels", 2, 2, "");
  }
  std::fclose(stream);
  std::string result(text, bytes);
  std::free(text);
  return result;
}

TEST(ProgressTest, PrintsALinePerPhase) {
  EXPECT_EQ(progressText(Progress::Style::Lines),
            "merging\nkernels 0/2: a_kernel_with_quite_a_long_name\n");
}

TEST(ProgressTest, DrawsABarAndTakesItAway) {
  std::string text = progressText(Progress::Style::Bar);
  EXPECT_THAT(text, HasSubstr("a_kernel_with_quite_a_lon..."));
  EXPECT_THAT(text, HasSubstr("[############............] 1/2"));
  EXPECT_THAT(text, testing::EndsWith("\r\033[K"));
  EXPECT_EQ(text.find('\n'), std::string::npos);
}

TEST(ProgressTest, DrawsNoBarWhereNobodyLooks) {
  std::FILE *file = std::tmpfile();
  EXPECT_EQ(progressStyle(file, false), Progress::Style::Lines);
  EXPECT_EQ(progressStyle(file, true), Progress::Style::Lines);
  std::fclose(file);
}
