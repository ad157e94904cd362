//===- TargetTests.cpp - Targets and their names -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Target.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <set>

using namespace mobileone;
using testing::HasSubstr;

namespace {

TEST(Target, FactsAreComplete) {
  std::set<std::string> names;
  for (const Target &target : allTargets()) {
    SCOPED_TRACE(target.name);
    EXPECT_TRUE(names.insert(target.name).second);
    EXPECT_EQ(target.machine.name, target.name);
    EXPECT_FALSE(target.description.empty());
    EXPECT_FALSE(target.triple.empty());
    EXPECT_FALSE(target.cpu.empty());
    EXPECT_FALSE(target.machine.halideTarget.empty());
    EXPECT_EQ(target.vectorBits, 8u * target.machine.vectorBytes);
    EXPECT_EQ(target.machine.channelAlignment * 4 % target.machine.vectorBytes,
              0);
  }
}

TEST(Target, HostIsTheBestThatRuns) {
  DiagnosticList diagnostics;
  const Target *host = findTarget("host", diagnostics);
  ASSERT_NE(host, nullptr) << diagnostics.str();
  EXPECT_TRUE(runsOnHost(*host));
  for (const Target &target : allTargets())
    if (target.level > host->level && !isGpu(target))
      EXPECT_FALSE(runsOnHost(target)) << target.name;
}

TEST(Target, GpusShareAProgramForTheOldest) {
  DiagnosticList diagnostics;
  std::vector<const Target *> targets =
      findTargets("x86-64-v3,cuda-sm90,cuda-sm80,opencl", diagnostics);
  ASSERT_EQ(targets.size(), 4u) << diagnostics.str();
  std::vector<const Target *> programs = programTargets(targets);
  ASSERT_EQ(programs.size(), 3u);
  std::set<std::string> names;
  for (const Target *target : programs)
    names.insert(target->name);
  EXPECT_EQ(names, (std::set<std::string>{"cuda-sm80", "opencl", "x86-64-v3"}));
  EXPECT_EQ(programs.back()->name, "x86-64-v3");
}

TEST(Target, GpusAreBesideTheProcessorsOfALibrary) {
  DiagnosticList diagnostics;
  std::vector<const Target *> targets =
      findTargets("cuda-sm80,arm64-linux", diagnostics);
  ASSERT_EQ(targets.size(), 2u) << diagnostics.str();
  EXPECT_EQ(targets[0]->name, "cuda-sm80");
  EXPECT_EQ(targets[0]->triple, "aarch64-unknown-linux-gnu");
  targets = findTargets("cuda-sm80", diagnostics);
  EXPECT_EQ(targets[0]->triple, "x86_64-unknown-linux-gnu");
  EXPECT_TRUE(findTargets("cuda-sm80,iphone12", diagnostics).empty());
  EXPECT_THAT(diagnostics.str(), HasSubstr("cannot share a library"));
}

TEST(Target, UnknownNameComesWithASuggestion) {
  DiagnosticList diagnostics;
  EXPECT_EQ(findTarget("x86-64-v5", diagnostics), nullptr);
  EXPECT_EQ(findTarget("openc", diagnostics), nullptr);
  EXPECT_THAT(diagnostics.str(), ::testing::Not(HasSubstr("'opencl'")))
      << "hidden";
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Unsupported));
  EXPECT_THAT(diagnostics.str(), HasSubstr("there is no target 'x86-64-v5'"));
  EXPECT_THAT(diagnostics.str(), HasSubstr("did you mean 'x86-64-v"));
}

TEST(Target, ListIsSortedAndUnique) {
  DiagnosticList diagnostics;
  std::vector<const Target *> targets =
      findTargets("x86-64,x86-64-v4, x86-64-v3,x86-64-v4", diagnostics);
  ASSERT_EQ(targets.size(), 3u) << diagnostics.str();
  EXPECT_EQ(targets[0]->name, "x86-64-v4");
  EXPECT_EQ(targets[1]->name, "x86-64-v3");
  EXPECT_EQ(targets[2]->name, "x86-64");
}

TEST(Target, EveryUnknownNameOfAListIsReported) {
  DiagnosticList diagnostics;
  EXPECT_TRUE(findTargets("x86-64-v3,nope,", diagnostics).empty());
  EXPECT_EQ(diagnostics.all().size(), 2u);
}

TEST(Target, OneLibraryHasOneTriple) {
  DiagnosticList diagnostics;
  EXPECT_TRUE(findTargets("x86-64-v3,arm64-linux", diagnostics).empty());
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Unsupported));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("'x86-64-v3' and 'arm64-linux' cannot share a library: "
                        "their triples are x86_64-unknown-linux-gnu and "
                        "aarch64-unknown-linux-gnu\n"
                        "  hint: compile one library for each"));
}

TEST(Target, MinimumIos) {
  DiagnosticList diagnostics;
  const Target &phone = *findTarget("iphone12", diagnostics);
  const Target *newer = withMinimumIos(phone, "15.4", diagnostics);
  ASSERT_NE(newer, nullptr);
  EXPECT_EQ(newer->triple, "arm64-apple-ios15.4");
  EXPECT_EQ(newer->name, "iphone12");
  EXPECT_EQ(withMinimumIos(phone, "15.4", diagnostics), newer);
  const Target &simulator = *findTarget("ios-simulator-arm64", diagnostics);
  EXPECT_EQ(withMinimumIos(simulator, "16", diagnostics)->triple,
            "arm64-apple-ios16-simulator");
  const Target &mac = *findTarget("macos-arm64", diagnostics);
  EXPECT_FALSE(isForIos(mac));
  EXPECT_EQ(withMinimumIos(mac, "15.4", diagnostics), &mac);
  EXPECT_FALSE(diagnostics.hasErrors());
}

TEST(Target, MinimumIosThatIsNone) {
  for (const char *version :
       {"", "x", "10.3", "14.0.0.0", "14.", "100", "-1"}) {
    DiagnosticList diagnostics;
    const Target &phone = *findTarget("iphone12", diagnostics);
    EXPECT_EQ(withMinimumIos(phone, version, diagnostics), nullptr) << version;
    EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Usage));
    EXPECT_THAT(diagnostics.str(),
                HasSubstr("'" + std::string(version) +
                          "' is no version of iOS from 11 on"));
  }
}

} // namespace
