//===- ScheduleRecordsTests.cpp - Records of tuning, read and used --------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/TunedSchedules.h"

#include "compiler/Target/Target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace mobileone;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::ordered_json;

namespace {

ScheduleRecord record(const std::string &workload, double microseconds,
                      double standard) {
  ScheduleRecord record;
  record.schedule = "x86.stem";
  record.workload = workload;
  record.parameters = {{"pixels", 14}, {"vectors", 2}};
  record.microseconds = microseconds;
  record.defaultMicroseconds = standard;
  return record;
}

ScheduleRecords records(std::vector<ScheduleRecord> list) {
  ScheduleRecords records;
  records.target = "x86-64-v4";
  records.records = std::move(list);
  records.origin = "r.json";
  return records;
}

/// Valid JSON, to be spoilt.
Json validJson() {
  return Json::parse(printScheduleRecords(records({record("a\nb\n", 2, 3)})));
}

std::string errorsOf(const Json &json) {
  DiagnosticList diagnostics;
  EXPECT_FALSE(parseScheduleRecords(json.dump(), "r.json", diagnostics));
  return diagnostics.str();
}

TEST(ScheduleRecordsTest, ReadsWhatItPrints) {
  ScheduleRecords before =
      records({record("a\nb\n", 2, 3), record("c\n", 1.5, 1.5)});
  std::string text = printScheduleRecords(before);
  DiagnosticList diagnostics;
  auto after = parseScheduleRecords(text, "r.json", diagnostics);
  ASSERT_TRUE(after) << diagnostics.str();
  EXPECT_EQ(printScheduleRecords(*after), text);
  EXPECT_EQ(after->records[0].workload, "a\nb\n");
  EXPECT_EQ(after->records[0].parameters.at("pixels"), 14);
  EXPECT_EQ(after->find("c\n"), &after->records[1]);
  EXPECT_EQ(after->find("d\n"), nullptr);
}

TEST(ScheduleRecordsTest, ReportsAllThatIsWrong) {
  Json json = validJson();
  json["more"] = 1;
  json["target"] = 5;
  json["records"][0].erase("schedule");
  json["records"][0]["parameters"]["pixels"] = "many";
  json["records"][0]["microseconds"] = 0;
  std::string errors = errorsOf(json);
  for (const char *part : {"r.json: more: unknown key", "r.json: target: ",
                           "r.json: records[0]: the key 'schedule' is missing",
                           "records[0].parameters.pixels",
                           "records[0].microseconds: must be from"})
    EXPECT_THAT(errors, HasSubstr(part));
}

TEST(ScheduleRecordsTest, RefusesWhatIsNoObject) {
  EXPECT_THAT(errorsOf(Json::array()), HasSubstr("must be an object"));
  Json json = validJson();
  json["records"][0]["parameters"] = 3;
  EXPECT_THAT(errorsOf(json),
              HasSubstr("records[0].parameters: must be an object"));
  json = validJson();
  json["records"][0] = 3;
  EXPECT_THAT(errorsOf(json), HasSubstr("records[0]: must be an object"));
}

TEST(ScheduleRecordsTest, RefusesANewerVersion) {
  Json json = validJson();
  json["parameters_version"] = schedules::parametersVersion + 1;
  EXPECT_THAT(errorsOf(json), HasSubstr("this compiler knows versions up to"));
}

TEST(ScheduleRecordsTest, RefusesTwoRecordsOfAWorkload) {
  Json json = validJson();
  json["records"].push_back(json["records"][0]);
  EXPECT_THAT(errorsOf(json),
              HasSubstr("records[1].workload: is the workload of an earlier"));
}

TEST(ScheduleRecordsTest, RefusesEndlessWorkloads) {
  Json json = validJson();
  json["records"][0]["workload"] = std::vector<std::string>(65, "line");
  EXPECT_THAT(errorsOf(json), HasSubstr("has 65 lines, at most 64"));
}

TEST(ScheduleRecordsTest, SaysWhereEstimatesComeFrom) {
  ScheduleRecord estimate = record("a\n", 1, 2);
  EXPECT_FALSE(estimate.isEstimate());
  estimate.measuredBy = "estimate for a toaster";
  std::string text = printScheduleRecords(records({estimate}));
  DiagnosticList diagnostics;
  auto after = parseScheduleRecords(text, "r.json", diagnostics);
  ASSERT_TRUE(after) << diagnostics.str();
  EXPECT_EQ(after->records[0].measuredBy, estimate.measuredBy);
  EXPECT_TRUE(after->records[0].isEstimate());
  EXPECT_EQ(printScheduleRecords(*after), text);
  Json json = validJson();
  json["records"][0]["measured_by"] = 3;
  EXPECT_THAT(errorsOf(json), HasSubstr("records[0].measured_by"));
}

TEST(ScheduleRecordsTest, MergingPrefersWhatWasMeasured) {
  ScheduleRecord estimate = record("a\n", 1, 2);
  estimate.measuredBy = "estimate for a toaster";
  ScheduleRecords measured = records({record("a\n", 9, 10)}),
                  estimated = records({estimate});
  DiagnosticList diagnostics;
  for (const auto &files :
       {std::vector{measured, estimated}, std::vector{estimated, measured}})
    EXPECT_EQ(mergeScheduleRecords(files, diagnostics)->records[0].microseconds,
              9);
}

TEST(ScheduleRecordsTest, MergingKeepsTheLargerGain) {
  DiagnosticList diagnostics;
  auto merged = mergeScheduleRecords(
      {records({record("a\n", 9, 10), record("b\n", 5, 10)}),
       records(
           {record("a\n", 16, 20), record("b\n", 4, 5), record("c\n", 1, 1)})},
      diagnostics);
  ASSERT_TRUE(merged);
  EXPECT_EQ(merged->find("a\n")->microseconds, 16);
  EXPECT_EQ(merged->find("b\n")->microseconds, 5);
  EXPECT_EQ(merged->records.size(), 3u);
}

TEST(ScheduleRecordsTest, MergingRefusesOtherTargetsAndVersions) {
  ScheduleRecords other = records({});
  other.target = "x86-64-v3";
  other.version = schedules::parametersVersion + 1;
  DiagnosticList diagnostics;
  EXPECT_FALSE(mergeScheduleRecords({records({}), other}, diagnostics));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("holds records for x86-64-v3, r.json for x86-64-v4"));
  EXPECT_THAT(diagnostics.str(), HasSubstr("holds parameters of version"));
}

TEST(ScheduleRecordsTest, ShippedOnesAreWellFormed) {
  for (const ScheduleRecords &shipped : shippedScheduleRecords()) {
    DiagnosticList diagnostics;
    EXPECT_NE(findTarget(shipped.target, diagnostics), nullptr);
    EXPECT_EQ(shipped.version, schedules::parametersVersion);
    EXPECT_FALSE(shipped.records.empty());
  }
}

struct TunedSchedulesTest : ::testing::Test {
  /// A pool with its linear layer, which x86.pool_linear serves.
  TunedSchedulesTest() {
    DiagnosticList diagnostics;
    request.machine = findTarget("x86-64-v4", diagnostics)->machine;
    schedules::Op pool, linear;
    pool.kind = schedules::OpKind::GlobalAveragePool;
    pool.inputs = {0};
    pool.result = {1024, 1, 1};
    linear.kind = schedules::OpKind::Linear;
    linear.inputs = {1};
    linear.result = {1000, 1, 1};
    request.ops = {pool, linear};
    request.inputs = {
        {{1024, 7, 7}, schedules::ElementType::F32, 1024, {1, 1024, 7168}, 0}};
    request.outputs = {{2,
                        {{1000, 1, 1},
                         schedules::ElementType::F32,
                         1000,
                         {1, 1000, 1000},
                         0}}};
    schedule = schedules::selectSchedule(request);
  }

  /// Records with one of the request's workload.
  ScheduleRecords with(std::map<std::string, int> parameters) {
    ScheduleRecord one = record(printWorkload(request), 1, 2);
    one.schedule = "x86.pool_linear";
    one.parameters = std::move(parameters);
    return records({one});
  }

  schedules::KernelRequest request;
  const schedules::Schedule *schedule;
  TunedSchedules tuned;
};

TEST_F(TunedSchedulesTest, FindsByWorkloadAndTarget) {
  ASSERT_EQ(schedule->name, "x86.pool_linear");
  tuned.add(with({{"channel_tiles", 8}}));
  const auto *found = tuned.find(request, *schedule);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->at("channel_tiles"), 8);
  request.name = "other";
  EXPECT_TRUE(tuned.find(request, *schedule));
  request.machine.name = "x86-64-v3";
  EXPECT_FALSE(tuned.find(request, *schedule));
  EXPECT_THAT(tuned.warnings(), IsEmpty());
}

TEST_F(TunedSchedulesTest, LaterFilesGoFirst) {
  tuned.add(with({{"channel_tiles", 8}}));
  tuned.add(with({{"channel_tiles", 16}}));
  EXPECT_EQ(tuned.find(request, *schedule)->at("channel_tiles"), 16);
}

TEST_F(TunedSchedulesTest, ReportsWhatIsStaleOnce) {
  tuned.add(with({{"channel_tiles", 8}}));
  tuned.add(with({{"channel_tiles", 7}}));
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(tuned.find(request, *schedule)->at("channel_tiles"), 8);
  EXPECT_THAT(tuned.warnings(),
              ElementsAre(HasSubstr("r.json: records[0] is stale and not used: "
                                    "'channel_tiles' is 7, which is none of")));
}

TEST_F(TunedSchedulesTest, ReportsRecordsOfOtherSchedules) {
  ScheduleRecords other = with({});
  other.records[0].schedule = "x86.old";
  tuned.add(other);
  EXPECT_FALSE(tuned.find(request, *schedule));
  EXPECT_THAT(tuned.warnings(),
              ElementsAre(HasSubstr("is for the schedule x86.old, and "
                                    "x86.pool_linear serves the kernel now")));
}

TEST_F(TunedSchedulesTest, LeavesOlderVersionsOut) {
  ScheduleRecords old = with({{"channel_tiles", 8}});
  old.version = schedules::parametersVersion - 1;
  tuned.add(old);
  EXPECT_FALSE(tuned.find(request, *schedule));
  EXPECT_THAT(tuned.warnings(),
              ElementsAre(HasSubstr("its parameters are of version")));
}

} // namespace
