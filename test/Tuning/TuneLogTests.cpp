//===- TuneLogTests.cpp - Every measurement, on disk at once --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/TuneLog.h"
#include "compiler/Tuning/Tuner.h"

#include "test/Support/TemporaryFolder.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

using namespace mobileone;
using ::testing::HasSubstr;

namespace {

struct TuneLogTest : ::testing::Test {
  TuneLogTest() : path(folder.path() + "/t.log.jsonl") {}

  std::string content() const {
    std::ifstream stream(path);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
  }
  void append(const std::string &text) {
    std::ofstream(path, std::ios::app) << text;
  }
  static Measurement measurement(int pixels, double time) {
    Measurement result;
    result.workload = "0123";
    result.model = "m";
    result.kernel = "k";
    result.schedule = "x86.stem";
    result.parameters = {{"pixels", pixels}};
    result.runs = 3;
    result.time = {time, time + 1};
    result.standardTime = {10, 11};
    return result;
  }
  /// Opens the log anew; what was reported.
  std::string open(TuneLog &log) {
    DiagnosticList list;
    log.open(path, header, list);
    return list.str();
  }
  void add(std::vector<Measurement> measurements) {
    TuneLog log;
    EXPECT_EQ(open(log), "");
    EXPECT_TRUE(log.add(measurements, diagnostics));
  }

  TemporaryFolder folder;
  std::string path;
  TuneLogHeader header = {"x86-64-v4", "", 1};
  DiagnosticList diagnostics;
};

TEST_F(TuneLogTest, GivesBackWhatWasAdded) {
  Measurement failed = measurement(7, 0);
  failed.outcome = Outcome::TimedOut;
  failed.message = "it took \"long\"";
  add({measurement(14, 5), failed, measurement(14, 6)});
  TuneLog log;
  EXPECT_EQ(open(log), "");
  EXPECT_EQ(log.countBefore(), 3u);
  // The median gains less than the minimum.
  EXPECT_EQ(log.take("0123", {{"pixels", 14}})->relativeTime(), 6.0 / 11);
  EXPECT_EQ(log.take("0123", {{"pixels", 14}})->time.minimum, 6);
  EXPECT_FALSE(log.take("0123", {{"pixels", 14}}));
  EXPECT_FALSE(log.take("4567", {{"pixels", 7}}));
  auto other = log.take("0123", {{"pixels", 7}});
  ASSERT_TRUE(other);
  EXPECT_EQ(other->outcome, Outcome::TimedOut);
  EXPECT_EQ(other->message, failed.message);
  EXPECT_FALSE(other->relativeTime());
}

TEST_F(TuneLogTest, LeavesTheLastComparisonOut) {
  Measurement last = measurement(14, 5);
  last.isFinal = true;
  add({last});
  TuneLog log;
  EXPECT_EQ(open(log), "");
  EXPECT_FALSE(log.take("0123", {{"pixels", 14}}));
}

TEST_F(TuneLogTest, ForgetsALineThatIsNotWhole) {
  add({measurement(14, 5)});
  std::string before = content();
  append("{\"workload\":\"0123\",\"mod");
  {
    TuneLog log;
    EXPECT_EQ(open(log), "");
    EXPECT_EQ(log.countBefore(), 1u);
  }
  EXPECT_EQ(content(), before);
}

TEST_F(TuneLogTest, CountsTheTimeOfEarlierCalls) {
  append("{\"log_version\":1,\"parameters_version\":1,\"target\":\"x86-64-v4\","
         "\"threads\":1,\"runner\":\"\"}\n");
  add({measurement(14, 5)});
  std::string text = content();
  size_t at = text.find("\"elapsed\":");
  std::ofstream(path) << text.substr(0, at) << "\"elapsed\":100}\n";
  TuneLog log;
  EXPECT_EQ(open(log), "");
  EXPECT_GE(log.elapsed(), 100);
  EXPECT_LT(log.elapsed(), 200);
}

TEST_F(TuneLogTest, RefusesTheLogOfAnotherTuning) {
  add({});
  header.threads = 2;
  TuneLog log;
  EXPECT_THAT(open(log), HasSubstr("is the log of another tuning"));
}

TEST_F(TuneLogTest, RefusesLinesThatMakeNoSense) {
  add({});
  append("{\"workload\":1}\n");
  TuneLog log;
  EXPECT_THAT(open(log), HasSubstr("line 2: is no measurement"));
}

TEST_F(TuneLogTest, BelongsToOneProcess) {
  TuneLog log, other;
  EXPECT_EQ(open(log), "");
  EXPECT_THAT(open(other), HasSubstr("is being written by another process"));
}

TEST_F(TuneLogTest, SaysWhereItCannotBeWritten) {
  path = folder.path() + "/none/t.log.jsonl";
  TuneLog log;
  EXPECT_THAT(open(log), HasSubstr("cannot be written: No such file"));
}

TEST_F(TuneLogTest, SaysWhereRecordsCannotBeWritten) {
  ScheduleRecords records;
  records.target = "x86-64-v4";
  EXPECT_FALSE(writeScheduleRecords(folder.path() + "/none/r.json", records,
                                    diagnostics));
  EXPECT_THAT(diagnostics.str(), HasSubstr("cannot be written: No such file"));
}

TEST(TuneLogPathTest, LiesBesideTheOutput) {
  EXPECT_EQ(tuneLogPath("a/zen4.json"), "a/zen4.log.jsonl");
  EXPECT_EQ(tuneLogPath("zen4"), "zen4.log.jsonl");
}

} // namespace
