//===- ChildProcessesTests.cpp - Work in child processes -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/ChildProcesses.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace mobileone;
using testing::HasSubstr;

namespace {

ChildTask writing(const std::string &text) {
  return [text](const std::string &path) {
    std::ofstream(path) << text;
    return "";
  };
}

TEST(ChildProcesses, ResultsAreInOrder) {
  std::vector<ChildTask> tasks;
  for (int i = 0; i < 9; ++i)
    tasks.push_back(writing(std::to_string(i)));
  unsigned last = 0;
  std::vector<ChildResult> results =
      runInChildren(tasks, 3, [&](unsigned done) { last = done; });
  EXPECT_EQ(last, 9u);
  for (int i = 0; i < 9; ++i) {
    EXPECT_TRUE(results[i].succeeded);
    EXPECT_EQ(results[i].output, std::to_string(i));
  }
}

TEST(ChildProcesses, ReportedErrorIsTheOutput) {
  std::vector<ChildResult> results = runInChildren(
      {[](const std::string &) { return "it does not fit"; }, writing("fine")},
      0, {});
  EXPECT_FALSE(results[0].succeeded);
  EXPECT_EQ(results[0].output, "it does not fit");
  EXPECT_TRUE(results[1].succeeded);
}

TEST(ChildProcesses, DeathIsAnError) {
  std::vector<ChildResult> results =
      runInChildren({[](const std::string &) -> std::string {
                      std::fputs("last words", stderr);
                      std::raise(SIGKILL);
                      return "";
                    }},
                    0, {});
  EXPECT_FALSE(results[0].succeeded);
  EXPECT_THAT(results[0].output, HasSubstr("its process died: Killed"));
  EXPECT_THAT(results[0].output, HasSubstr("last words"));
}

TEST(ChildProcesses, EarlyExitIsAnError) {
  std::vector<ChildResult> results = runInChildren(
      {[](const std::string &) -> std::string { _exit(3); }}, 0, {});
  EXPECT_FALSE(results[0].succeeded);
  EXPECT_THAT(results[0].output, HasSubstr("ended with exit code 3"));
}

TEST(ChildProcesses, NeedNoDisk) {
  std::string before = std::getenv("TMPDIR") ? std::getenv("TMPDIR") : "/tmp";
  setenv("TMPDIR", "/proc/none", 1);
  std::string large(1 << 20, 'x');
  std::vector<ChildResult> results = runInChildren({writing(large)}, 0, {});
  setenv("TMPDIR", before.c_str(), 1);
  EXPECT_TRUE(results[0].succeeded);
  EXPECT_EQ(results[0].output, large);
}

TEST(ChildProcesses, RefusedProcessIsAnError) {
  // No descriptor is left for its files.
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit none = before;
  none.rlim_cur = 3;
  setrlimit(RLIMIT_NOFILE, &none);
  std::vector<ChildResult> results =
      runInChildren({writing("one"), writing("two")}, 0, {});
  setrlimit(RLIMIT_NOFILE, &before);
  for (const ChildResult &result : results) {
    EXPECT_FALSE(result.succeeded);
    EXPECT_EQ(result.output, "no process: Too many open files");
  }
}

TEST(ChildProcesses, ScarceDescriptorsOnlyDelay) {
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit few = before;
  int next = dup(0);
  close(next);
  // Enough for one child at a time, and for what it opens.
  few.rlim_cur = next + 5;
  setrlimit(RLIMIT_NOFILE, &few);
  std::vector<ChildResult> results =
      runInChildren({writing("one"), writing("two"), writing("three")}, 3, {});
  setrlimit(RLIMIT_NOFILE, &before);
  for (const ChildResult &result : results)
    EXPECT_TRUE(result.succeeded) << result.output;
}

TEST(ChildProcesses, InterruptedProgressEndsTheOthers) {
  ChildTask endless = [](const std::string &) -> std::string {
    while (true)
      pause();
  };
  auto interrupt = [](unsigned) { throw std::runtime_error("interrupted"); };
  EXPECT_THROW(runInChildren({writing("fine"), endless}, 2, interrupt),
               std::runtime_error);
  // No child is left.
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
}

} // namespace
