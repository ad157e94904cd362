//===- StepEstimateTests.cpp - Tests of estimating steps ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/StepEstimate.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace mobileone;
using testing::HasSubstr;

/// A core at 1 GHz with round numbers.
static PortModel roundCore() {
  PortModel core;
  core.name = "round";
  core.architecture = "aarch64";
  core.gigahertz = 1;
  core.cores = 2;
  core.vectorBytes = 16;
  core.multipliesHalves = true;
  core.width = 8;
  core.simd = core.multiplies = 4;
  core.loads = core.vectorLoads = 2;
  core.stores = core.vectorStores = 1;
  core.loadsAndStores = 2;
  core.branches = 1;
  core.firstLevelBytes = 1000;
  core.levels = {{"near", 10000, 10, 20}, {"far", UINT64_MAX, 1, 1}};
  core.barrierMicroseconds = 0.25;
  return core;
}

/// 64000 instructions, of which 32000 are multiply-adds: 8000 cycles.
static OperationCounts work() {
  OperationCounts counts;
  counts.instructions = counts.slots = 64000;
  counts.simd = counts.multiplies = counts.multiplyAdds = 32000;
  counts.loads = counts.vectorLoads = 8000;
  return counts;
}

static PlannedStep step() {
  PlannedStep step;
  step.name = "stage0";
  step.kernel = "kernel";
  step.tiles = 4;
  step.multiplyAdds = 128000;
  step.weightBytes = 400;
  step.readBytes = step.writtenBytes = 400;
  return step;
}

static ProgramEstimate estimate(const ModelPlan &plan,
                                const OperationCounts &counts = work()) {
  DiagnosticList diagnostics;
  std::optional<ProgramEstimate> result =
      estimateProgram(plan, {{"kernel", counts}}, roundCore(), diagnostics);
  EXPECT_TRUE(result) << diagnostics.str();
  return result.value_or(ProgramEstimate());
}

static ModelPlan planOf(std::vector<PlannedStep> steps) {
  ModelPlan plan;
  plan.model = "tiny";
  plan.precision = "f32";
  plan.programs = {{"arm64-linux", 1000, 0, std::move(steps)}};
  return plan;
}

TEST(StepEstimateTest, WhatIsFullyUsedLimits) {
  OperationCounts counts = work();
  PortModel core = roundCore();
  EXPECT_EQ(issueBound(counts, core).cycles, 8000);
  EXPECT_EQ(issueBound(counts, core).limit, "multiplies");
  counts.slots = 80000;
  EXPECT_EQ(issueBound(counts, core).limit, "width");
  EXPECT_EQ(issueBound(counts, core).cycles, 10000);
  counts.stores = 20000;
  EXPECT_EQ(issueBound(counts, core).limit, "stores");
  counts.loads = 30000;
  EXPECT_EQ(issueBound(counts, core).limit, "loads and stores");
  EXPECT_EQ(issueBound(counts, core).cycles, 25000);
  counts.branches = 30000;
  EXPECT_EQ(issueBound(counts, core).limit, "branches");
}

TEST(StepEstimateTest, SmallStepsTakeWhatTheyExecute) {
  ProgramEstimate result = estimate(planOf({step()}));
  ASSERT_EQ(result.steps.size(), 1u);
  const StepEstimate &first = result.steps[0];
  EXPECT_EQ(first.limit, "multiplies");
  EXPECT_DOUBLE_EQ(first.multiplyAddMicroseconds, 8);
  EXPECT_DOUBLE_EQ(first.issueMicroseconds, 8);
  // 100 weights of 4 bytes are used 1280 times each, the first time in 6.25
  // cycles; moving them takes 40.
  EXPECT_DOUBLE_EQ(first.microseconds, 8 + 0.04 - 0.00625);
  EXPECT_DOUBLE_EQ(first.issueMicrosecondsOnAll, 4);
  EXPECT_DOUBLE_EQ(first.microsecondsOnAll, 4 + 0.02 - 0.003125 + 0.25);
}

TEST(StepEstimateTest, MapsComeFromTheNearestLevelThatHoldsThem) {
  PlannedStep large = step();
  large.readBytes = 5000;
  double before = estimate(planOf({step()})).steps[0].microseconds;
  EXPECT_NEAR(estimate(planOf({large})).steps[0].microseconds, before + 0.54,
              1e-9);
  large.readBytes = 19600;
  EXPECT_NEAR(estimate(planOf({large})).steps[0].microseconds, before + 20,
              1e-9);
}

TEST(StepEstimateTest, WeightsFillWhatMapsLeave) {
  // Maps take 1000 bytes of 10000; of 18000 bytes of weights half are near.
  PlannedStep one = step();
  one.weightBytes = 18000;
  one.multiplyAdds = 4500; // Each is used once: the longer time counts.
  EXPECT_NEAR(estimate(planOf({one})).steps[0].microseconds, 9 + 0.9, 1e-9);
}

TEST(StepEstimateTest, UnevenTilesAndSingleOnesGainLess) {
  PlannedStep three = step(), single = step();
  three.tiles = 3;
  single.tiles = 1;
  EXPECT_NEAR(estimate(planOf({three})).steps[0].issueMicrosecondsOnAll,
              16.0 / 3, 1e-9);
  StepEstimate alone = estimate(planOf({single})).steps[0];
  EXPECT_DOUBLE_EQ(alone.microsecondsOnAll, alone.microseconds);
}

TEST(StepEstimateTest, HalvesDoubleTheMultiplyAdds) {
  ModelPlan plan = planOf({step()});
  plan.precision = "f16";
  EXPECT_DOUBLE_EQ(estimate(plan).steps[0].multiplyAddMicroseconds, 4);
}

TEST(StepEstimateTest, StepsShareTheCountsOfTheirKernel) {
  ProgramEstimate result = estimate(planOf({step(), step()}));
  ASSERT_EQ(result.steps.size(), 2u);
  EXPECT_EQ(result.steps[0].counts.instructions, 32000u);
  EXPECT_EQ(result.total().counts.instructions, 64000u);
  EXPECT_DOUBLE_EQ(result.total().issueMicroseconds, 8);
  EXPECT_DOUBLE_EQ(result.total().multiplyAddMicroseconds, 16);
}

TEST(StepEstimateTest, FiguresAreThoseOfOneImage) {
  ModelPlan plan = planOf({step()});
  plan.batch = 4;
  ProgramEstimate result = estimate(plan);
  EXPECT_EQ(result.batch, 4u);
  EXPECT_EQ(result.steps[0].counts.instructions, 16000u);
  EXPECT_DOUBLE_EQ(result.steps[0].issueMicroseconds, 2);
  EXPECT_DOUBLE_EQ(result.steps[0].multiplyAddMicroseconds, 8);
}

TEST(StepEstimateTest, FindsTheProgramThatRan) {
  ModelPlan plan = planOf({step()});
  plan.programs.insert(plan.programs.begin(), plan.programs[0]);
  plan.programs[0].target = "other";
  plan.programs[0].steps[0].kernel = "other_kernel";
  EXPECT_EQ(estimate(plan).target, "arm64-linux");
  DiagnosticList diagnostics;
  EXPECT_FALSE(estimateProgram(plan, {}, roundCore(), diagnostics));
  EXPECT_THAT(diagnostics.str(), HasSubstr("tiny: what was executed are not "
                                           "the kernels of its manifest"));
}
