//===- ModelPlanTests.cpp - Tests of reading manifests --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/ModelPlan.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace mobileone;
using testing::HasSubstr;

static constexpr char kManifest[] =
    R"({"name": "tiny", "batch": 2, "precision": "f16",
  "inputs": [{"bytes": 100}, {"bytes": 20}],
  "packed_weights": {"in_file": true},
  "programs": [{"target": "iphone12", "arena_bytes": 640, "scratch_bytes": 64,
    "steps": [{"name": "stage0", "kernel": "stage0_iphone12", "tiles": 4,
      "multiply_adds": 1000, "operands": [
        {"space": "input", "bytes": 100, "written": false},
        {"space": "weights", "bytes": 30, "written": false},
        {"space": "weights", "bytes": 2, "written": false},
        {"space": "scratch", "bytes": 64, "written": false},
        {"space": "arena", "bytes": 50, "written": true}]}]}]})";

/// Reads `text` as a manifest.
static std::optional<ModelPlan> read(const std::string &text,
                                     DiagnosticList &diagnostics) {
  std::string path = std::filesystem::temp_directory_path() /
                     ("plan-" + std::to_string(getpid()) + ".json");
  std::ofstream(path) << text;
  std::optional<ModelPlan> plan = readModelPlan(path, diagnostics);
  std::filesystem::remove(path);
  return plan;
}

TEST(ModelPlanTest, ReadsSteps) {
  DiagnosticList diagnostics;
  std::optional<ModelPlan> plan = read(kManifest, diagnostics);
  ASSERT_TRUE(plan) << diagnostics.str();
  EXPECT_EQ(plan->model, "tiny");
  EXPECT_EQ(plan->precision, "f16");
  EXPECT_EQ(plan->batch, 2u);
  EXPECT_EQ(plan->inputBytes, 120u);
  EXPECT_TRUE(plan->weightsInFile);
  ASSERT_EQ(plan->programs.size(), 1u);
  EXPECT_EQ(plan->programs[0].target, "iphone12");
  EXPECT_EQ(plan->programs[0].arenaBytes, 640u);
  EXPECT_EQ(plan->programs[0].scratchBytes, 64u);
  ASSERT_EQ(plan->programs[0].steps.size(), 1u);
  const PlannedStep &step = plan->programs[0].steps[0];
  EXPECT_EQ(step.name, "stage0");
  EXPECT_EQ(step.kernel, "stage0_iphone12");
  EXPECT_EQ(step.tiles, 4u);
  EXPECT_EQ(step.multiplyAdds, 1000u);
  EXPECT_EQ(step.weightBytes, 32u);
  EXPECT_EQ(step.readBytes, 100u);
  EXPECT_EQ(step.writtenBytes, 50u);
}

TEST(ModelPlanTest, ReportsWhatIsNoManifest) {
  DiagnosticList diagnostics;
  EXPECT_FALSE(read("{\"name\": \"tiny\"}", diagnostics));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("is not a manifest that this version writes"));
  DiagnosticList syntax;
  EXPECT_FALSE(read("{", syntax));
  EXPECT_EQ(syntax.exitCode(), int(ErrorKind::BadInput));
  DiagnosticList missing;
  EXPECT_FALSE(readModelPlan("/no/such/file", missing));
  EXPECT_THAT(missing.str(), HasSubstr("/no/such/file: cannot be read: "));
}
