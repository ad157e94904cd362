//===- RandomCheckpointTest.cpp - Weights from a seed ---------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/Checkpoint.h"
#include "compiler/Weights/TensorNames.h"
#include "test/Support/TemporaryFolder.h"
#include "test/Weights/SafetensorsBytes.h"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mobileone;
using testing::Each;
using testing::ElementsAre;

static ModelSpec tinySpec() {
  DiagnosticList none;
  return *parseModelSpec(
      R"({"spec_version": 1, "name": "m", "stem": {"channels": 4}, "stages":
          [{"channels": 6, "blocks": 2, "branches": 3, "se_blocks": 1}],
          "heads": [{"kind": "classifier", "classes": 5},
                    {"kind": "classifier", "classes": 5, "name": "again"}]})",
      "m.json", none);
}

TEST(RandomCheckpoint, HasWhatTheSpecNeeds) {
  TemporaryFolder folder;
  for (CheckpointForm form : {CheckpointForm::Train, CheckpointForm::Fused}) {
    ModelSpec spec = tinySpec();
    Checkpoint random = randomCheckpoint(spec, form, 7);
    EXPECT_EQ(random.form, form);
    EXPECT_EQ(random.naming, "apple");
    EXPECT_EQ(random.weights.names().size(),
              requiredTensors(spec, form).size());
    DiagnosticList diagnostics;
    auto loaded = loadCheckpoint(
        folder.write("w", safetensorsOf(random.weights)), spec, diagnostics);
    EXPECT_EQ(diagnostics.str(), "");
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->form, form);
  }
}

/// The same bits on every platform: change these numbers only on purpose.
TEST(RandomCheckpoint, ASeedHasItsWeights) {
  WeightStore weights =
      randomCheckpoint(tinySpec(), CheckpointForm::Train, 42).weights;
  std::vector<double> bias = weights.read("linear.bias");
  EXPECT_THAT(bias, ElementsAre(0x1.ead4bep-5, 0x1.53e1e8p-4, -0x1.212334p-5,
                                -0x1.ec09d8p-6, -0x1.4bf88cp-4));
  std::vector<double> filter = weights.read("stage0.rbr_conv.0.conv.weight");
  filter.resize(3);
  EXPECT_THAT(filter,
              ElementsAre(0x1.343cf6p-2, 0x1.1a5724p-2, -0x1.f1b55cp-3));
}

TEST(RandomCheckpoint, SeedsAndTensorsDiffer) {
  ModelSpec spec = tinySpec();
  WeightStore a = randomCheckpoint(spec, CheckpointForm::Train, 1).weights;
  WeightStore b = randomCheckpoint(spec, CheckpointForm::Train, 2).weights;
  WeightStore again = randomCheckpoint(spec, CheckpointForm::Train, 1).weights;
  for (const std::string &name : a.names()) {
    EXPECT_EQ(a.read(name), again.read(name));
    // Filters of one element are 1 or -1.
    if (!hasSuffix(name, "stage1.0.rbr_scale.conv.weight") &&
        !hasSuffix(name, "stage1.2.rbr_scale.conv.weight")) {
      EXPECT_NE(a.read(name), b.read(name)) << name;
    }
  }
  EXPECT_NE(a.read("stage1.0.rbr_conv.0.bn.bias"),
            a.read("stage1.0.rbr_conv.1.bn.bias"));
}

TEST(RandomCheckpoint, DoesNotDependOnTheRestOfTheNetwork) {
  ModelSpec spec = tinySpec(), longer = spec;
  longer.stages.insert(longer.stages.begin() + 1, longer.stages[0]);
  EXPECT_EQ(randomCheckpoint(spec, CheckpointForm::Fused, 1)
                .weights.read("stage1.3.reparam_conv.weight"),
            randomCheckpoint(longer, CheckpointForm::Fused, 1)
                .weights.read("stage1.3.reparam_conv.weight"));
}

TEST(RandomCheckpoint, FiltersHaveTheLengthThatKeepsTheScale) {
  WeightStore weights =
      randomCheckpoint(tinySpec(), CheckpointForm::Train, 3).weights;
  std::vector<double> values = weights.read("stage1.1.rbr_conv.0.conv.weight");
  for (size_t filter = 0; filter < values.size(); filter += 4) {
    double squares = 0;
    for (size_t i = 0; i < 4; ++i)
      squares += values[filter + i] * values[filter + i];
    EXPECT_NEAR(squares, 1, 1e-6);
  }
}

TEST(RandomCheckpoint, BatchNormsAreNotTrivial) {
  WeightStore weights =
      randomCheckpoint(tinySpec(), CheckpointForm::Train, 3).weights;
  for (const std::string &name : weights.names()) {
    std::vector<double> values = weights.read(name);
    if (hasSuffix(name, "running_var")) {
      EXPECT_THAT(values,
                  Each(testing::AllOf(testing::Ge(0.8), testing::Le(1.2))));
    }
    if (hasSuffix(name, "running_mean")) {
      EXPECT_THAT(values, Each(testing::Ne(0)));
    }
  }
}

/// Else activations grow from layer to layer.
TEST(RandomCheckpoint, SkipsLeanToNoSide) {
  WeightStore weights =
      randomCheckpoint(*builtinSpec("mobileone_s0"), CheckpointForm::Train, 3)
          .weights;
  double sum = 0, size = 0;
  for (double scale : weights.read("stage3.3.rbr_skip.weight")) {
    sum += scale;
    size += std::fabs(scale);
  }
  EXPECT_LT(std::fabs(sum), size / 4);
}

TEST(RandomCheckpoint, BytesAreScaledDown) {
  ModelSpec spec = tinySpec();
  auto stem = [&] {
    return std::fabs(randomCheckpoint(spec, CheckpointForm::Train, 1)
                         .weights.read("stage0.rbr_conv.0.conv.weight")[0]);
  };
  double floats = stem();
  spec.input.type = InputType::U8;
  EXPECT_NEAR(stem(), floats / 147, 1e-8);
  spec.input.mean = spec.input.standardDeviation = {1, 1, 1};
  EXPECT_EQ(stem(), floats);
}
