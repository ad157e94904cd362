//===- CandidateProcessTests.cpp - Measures a candidate elsewhere ---------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/CandidateProcess.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mobileone;
using ::testing::HasSubstr;
using Kind = MeasureReply::Kind;

namespace {

const std::string kHead = "mobileone-measure 1\n";

TEST(MeasureReplyTest, ReadsTimes) {
  MeasureReply reply =
      parseMeasureReply(kHead + "runs 30\nstep 0 1.5 2 3 4\nstep 1 5 6 7 8\n"
                                "total 6.5 8 10 12\ndone\n");
  EXPECT_EQ(reply.kind, Kind::Measured);
  EXPECT_EQ(reply.runs, 30u);
  ASSERT_EQ(reply.base.size(), 2u);
  EXPECT_EQ(reply.base[0].minimum, 1.5);
  EXPECT_EQ(reply.variant[1].median, 8);
  EXPECT_EQ(reply.baseTotal.minimum, 6.5);
}

TEST(MeasureReplyTest, ReadsWhatIsWrong) {
  EXPECT_EQ(parseMeasureReply(kHead + "wrong base\n").kind, Kind::WrongBase);
  MeasureReply reply = parseMeasureReply(kHead + "wrong 12\n");
  EXPECT_EQ(reply.kind, Kind::WrongStep);
  EXPECT_EQ(reply.step, 12u);
  EXPECT_EQ(parseMeasureReply(kHead + "failed no memory\n").message,
            "no memory");
}

TEST(MeasureReplyTest, RefusesWhatMakesNoSense) {
  EXPECT_EQ(parseMeasureReply("").message,
            "it did not answer as mobileone-measure does");
  EXPECT_EQ(parseMeasureReply(kHead + "runs 3\n").message,
            "it ended before it was done");
  EXPECT_EQ(parseMeasureReply(kHead + "welcome\ndone\n").message,
            "it answered 'welcome'");
  EXPECT_EQ(parseMeasureReply(kHead + "step 1 1 1 1 1\n").message,
            "it answered 'step 1 1 1 1 1'");
}

MeasureReply runShell(const std::string &script, unsigned limit = 30) {
  static const std::vector<uint8_t> weights(1 << 20, 'w');
  MeasureRequest request;
  request.limit = limit;
  request.weights = &weights;
  request.library = "code";
  return measureElsewhere({"sh", "-c", script}, request);
}

TEST(CandidateProcessTest, SendsTheRequest) {
  MeasureReply reply =
      runShell("echo mobileone-measure 1; printf 'failed '; wc -c");
  EXPECT_EQ(reply.kind, Kind::Failed);
  EXPECT_GT(std::stoul(reply.message), (1u << 20) + 4);
}

TEST(CandidateProcessTest, EndsWithoutReadingTheRequest) {
  EXPECT_EQ(runShell("echo mobileone-measure 1; echo wrong base").kind,
            Kind::WrongBase);
}

TEST(CandidateProcessTest, SaysHowItDied) {
  EXPECT_THAT(runShell("kill -SEGV $$").message,
              HasSubstr("it died: Segmentation fault"));
  EXPECT_EQ(runShell("echo trouble >&2; exit 3").message,
            "it ended with exit code 3: trouble");
  EXPECT_EQ(runShell("kill -ALRM $$").kind, Kind::TimedOut);
}

TEST(CandidateProcessTest, SaysThatThereIsNoSuchProgram) {
  MeasureRequest request;
  std::vector<uint8_t> weights;
  request.weights = &weights;
  EXPECT_THAT(measureElsewhere({"/no/such/program"}, request).message,
              HasSubstr("cannot run /no/such/program: No such file"));
}

TEST(CandidateProcessTest, EndsWhatHangs) {
  MeasureReply reply = runShell("sleep 100 & sleep 100", 0);
  EXPECT_EQ(reply.kind, Kind::TimedOut);
  EXPECT_EQ(reply.message, "it took more than 0 seconds");
}

} // namespace
