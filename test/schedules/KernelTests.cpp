//===- KernelTests.cpp - Kernels against plain loops ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every kernel body on random small shapes, for every machine: the schedule
// that is selected and the generic one.
//
//===----------------------------------------------------------------------===//

#include "KernelBodies.h"

#include <gtest/gtest.h>

using namespace mobileone::schedules;
using namespace mobileone::schedules::testing;

namespace {

/// Requests of `body` for `machine` with random shapes, as they are or in half
/// precision; for GPUs of up to three images.
void runRandomRequests(const KernelBody &body, const std::string &machine,
                       bool isHalf, unsigned count) {
  for (unsigned seed = 0; seed < count; ++seed) {
    std::mt19937 random(seed);
    RequestBuilder builder(machine);
    body.make(builder, random);
    if (isHalf)
      builder.lowerPrecision();
    if (!canRun(builder.request.machine))
      GTEST_SKIP() << "this machine cannot run " << machine;
    if (builder.request.machine.computesBatch)
      builder.request.images = 1 + int(seed) % 3;
    const Schedule *schedule = selectSchedule(builder.request);
    ASSERT_NE(schedule, nullptr);
    EXPECT_EQ(runAndCompare(builder.request, *schedule, seed), "")
        << schedule->name << ", seed " << seed;
  }
}

bool isFull() { return std::getenv("MOBILEONE_FULL_TESTS"); }

struct KernelTest
    : ::testing::TestWithParam<std::tuple<KernelBody, std::string>> {};

TEST_P(KernelTest, ComputesWhatIsAsked) {
  const auto &[body, machine] = GetParam();
  runRandomRequests(body, machine, false, isFull() ? 60 : 5);
}

/// OpenCL's compiler takes seconds where others take milliseconds.
struct GpuKernelTest : KernelTest {};

TEST_P(GpuKernelTest, ComputesWhatIsAsked) {
  const auto &[body, machine] = GetParam();
  unsigned few = machine == "opencl" ? 2 : 1;
  runRandomRequests(body, machine, false, isFull() ? 30 : few);
  runRandomRequests(body, machine, true, isFull() ? 15 : 1);
}

struct HalfKernelTest : KernelTest {};

TEST_P(HalfKernelTest, ComputesWhatIsAsked) {
  const auto &[body, machine] = GetParam();
  runRandomRequests(body, machine, true, isFull() ? 30 : 1);
}

struct LongSumTest : ::testing::TestWithParam<std::string> {};

// 912 inputs have no equal blocks.
TEST_P(LongSumTest, AddsUpHalvesInBlocks) {
  for (int channels : {320, 500, 912}) {
    RequestBuilder builder(GetParam());
    if (!canRun(builder.request.machine))
      GTEST_SKIP() << "this machine cannot run " << GetParam();
    int value = builder.depthwise(builder.input({channels, 5, 6}, 1), 3, 1);
    builder.output(builder.conv(value, 40, 1, 1), 1);
    builder.lowerPrecision();
    EXPECT_EQ(runAndCompare(builder.request, *selectSchedule(builder.request),
                            channels),
              "")
        << channels;
  }
}

TEST_P(LongSumTest, AddsUpHalvesOfLinearLayersInBlocks) {
  RequestBuilder builder(GetParam());
  if (!canRun(builder.request.machine))
    GTEST_SKIP() << "this machine cannot run " << GetParam();
  int value = builder.pool(builder.input({500, 3, 2}));
  builder.callerOutput(builder.linear(value, 70), false);
  builder.lowerPrecision();
  EXPECT_EQ(runAndCompare(builder.request, *selectSchedule(builder.request), 1),
            "");
}

struct ExciteTest : ::testing::TestWithParam<std::string> {};

TEST_P(ExciteTest, GatesSaturate) {
  RequestBuilder builder(GetParam());
  if (!canRun(builder.request.machine))
    GTEST_SKIP() << "this machine cannot run " << GetParam();
  int rows = builder.input({40, 1, 7});
  builder.output(builder.excite(rows, 12, 49));
  // Sums that the exponential knows, that are too large for it, and that are
  // too large for integers.
  for (double magnitude : {1e2, 1e4, 1e12, 1e36})
    EXPECT_EQ(runAndCompare(builder.request, *selectSchedule(builder.request),
                            1, nullptr, magnitude),
              "")
        << magnitude;
}

std::string testName(std::string machine) {
  for (char &c : machine)
    c = c == '-' ? '_' : c;
  return machine;
}

INSTANTIATE_TEST_SUITE_P(Machines, LongSumTest,
                         ::testing::Values("generic-half", "arm64-on-x86-64"),
                         [](const auto &info) { return testName(info.param); });

INSTANTIATE_TEST_SUITE_P(Machines, ExciteTest,
                         ::testing::Values("generic", "x86-64-v3", "x86-64-v4"),
                         [](const auto &info) { return testName(info.param); });

std::string
bodyName(const ::testing::TestParamInfo<KernelTest::ParamType> &info) {
  return std::string(std::get<0>(info.param).name) + "_" +
         testName(std::get<1>(info.param));
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, KernelTest,
    ::testing::Combine(::testing::ValuesIn(kernelBodies()),
                       ::testing::Values("generic", "x86-64-v3", "x86-64-v4")),
    bodyName);

INSTANTIATE_TEST_SUITE_P(
    Bodies, GpuKernelTest,
    ::testing::Combine(::testing::ValuesIn(kernelBodies()),
                       ::testing::Values("opencl", "opencl-generic")),
    bodyName);

INSTANTIATE_TEST_SUITE_P(
    Bodies, HalfKernelTest,
    ::testing::Combine(::testing::ValuesIn(kernelBodies()),
                       ::testing::Values("generic", "generic-half", "x86-64-v3",
                                         "x86-64-v4", "arm64-on-x86-64")),
    bodyName);

} // namespace
