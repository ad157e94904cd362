//===- RequiredTensorsTest.cpp - What a checkpoint must hold --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/Checkpoint.h"
#include "compiler/Weights/TensorNames.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mobileone;
using testing::ElementsAre;

static ModelSpec tinySpec() {
  DiagnosticList none;
  return *parseModelSpec(
      R"({"spec_version": 1, "name": "m", "stem": {"channels": 4}, "stages":
          [{"channels": 6, "blocks": 1, "branches": 2, "se_blocks": 1,
            "se_hidden": 3}],
          "heads": [{"kind": "classifier", "classes": 5},
                    {"kind": "classifier", "classes": 5, "name": "again"},
                    {"kind": "classifier", "classes": 2, "name": "aux",
                     "weights": "aux.fc"}]})",
      "m.json", none);
}

/// "name[2,3]" of each.
static std::vector<std::string>
shown(const std::vector<TensorRequirement> &requirements) {
  std::vector<std::string> lines;
  for (const TensorRequirement &requirement : requirements) {
    std::string line = requirement.name + "[";
    for (int64_t size : requirement.shape)
      line += std::to_string(size) + ",";
    line.back() = ']';
    lines.push_back(line);
  }
  return lines;
}

TEST(RequiredTensors, OfAMergedNetwork) {
  EXPECT_THAT(
      shown(requiredTensors(tinySpec(), CheckpointForm::Fused)),
      ElementsAre(
          "stage0.reparam_conv.weight[4,3,3,3]", "stage0.reparam_conv.bias[4]",
          "stage1.0.reparam_conv.weight[4,1,3,3]",
          "stage1.0.reparam_conv.bias[4]", "stage1.0.se.reduce.weight[3,4,1,1]",
          "stage1.0.se.reduce.bias[3]", "stage1.0.se.expand.weight[4,3,1,1]",
          "stage1.0.se.expand.bias[4]", "stage1.1.reparam_conv.weight[6,4,1,1]",
          "stage1.1.reparam_conv.bias[6]", "stage1.1.se.reduce.weight[3,6,1,1]",
          "stage1.1.se.reduce.bias[3]", "stage1.1.se.expand.weight[6,3,1,1]",
          "stage1.1.se.expand.bias[6]", "linear.weight[5,6]", "linear.bias[5]",
          "aux.fc.weight[2,6]", "aux.fc.bias[2]"));
}

TEST(RequiredTensors, OfATrainTimeLayer) {
  std::vector<std::string> lines =
      shown(requiredTensors(tinySpec(), CheckpointForm::Train));
  lines.resize(10);
  EXPECT_THAT(lines, ElementsAre("stage0.rbr_conv.0.conv.weight[4,3,3,3]",
                                 "stage0.rbr_conv.0.bn.weight[4]",
                                 "stage0.rbr_conv.0.bn.bias[4]",
                                 "stage0.rbr_conv.0.bn.running_mean[4]",
                                 "stage0.rbr_conv.0.bn.running_var[4]",
                                 "stage0.rbr_scale.conv.weight[4,3,1,1]",
                                 "stage0.rbr_scale.bn.weight[4]",
                                 "stage0.rbr_scale.bn.bias[4]",
                                 "stage0.rbr_scale.bn.running_mean[4]",
                                 "stage0.rbr_scale.bn.running_var[4]"));
}

/// The released files have a counter with each batch norm besides.
TEST(RequiredTensors, AreAsManyAsInTheReleasedFiles) {
  struct {
    const char *name;
    size_t fused, train;
  } facts[] = {{"mobileone_s0", 88, 1323},
               {"mobileone_s1", 88, 562},
               {"mobileone_s2", 88, 562},
               {"mobileone_s3", 88, 562},
               {"mobileone_s4", 136, 610}};
  for (const auto &fact : facts) {
    ModelSpec spec = *builtinSpec(fact.name);
    EXPECT_EQ(requiredTensors(spec, CheckpointForm::Fused).size(), fact.fused);
    auto train = requiredTensors(spec, CheckpointForm::Train);
    size_t counters = std::count_if(
        train.begin(), train.end(), [](const TensorRequirement &requirement) {
          return hasSuffix(requirement.name, ".running_var");
        });
    EXPECT_EQ(train.size() + counters, fact.train) << fact.name;
  }
}
