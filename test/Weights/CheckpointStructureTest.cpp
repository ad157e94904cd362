//===- CheckpointStructureTest.cpp - A checkpoint's network ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/CheckpointStructure.h"

#include <gtest/gtest.h>

using namespace mobileone;

/// How the weights of `made` are explained to someone who gives `spec`.
static std::string explain(const ModelSpec &made, const ModelSpec &spec,
                           CheckpointForm form = CheckpointForm::Train) {
  WeightStore file = randomCheckpoint(made, form, 1).weights;
  auto recognition = recognizeNaming(file, spec);
  EXPECT_TRUE(recognition);
  return recognition ? explainDifferences(file, *recognition, spec) : "";
}

static ModelSpec specWith(const char *patch = "") {
  DiagnosticList diagnostics;
  auto spec = parseModelSpec(std::string(R"({"spec_version": 1, "name": "m",
          "head": {"kind": "classifier", "classes": 3},
          "stem": {"channels": 4}, "stages": [{"channels": 4, "blocks": 2},
          {"channels": 8, "blocks": 1)") +
                                 patch + "}]}",
                             "m.json", diagnostics);
  EXPECT_TRUE(spec) << diagnostics.str();
  return spec.value_or(ModelSpec());
}

TEST(CheckpointStructure, SeesBranches) {
  EXPECT_EQ(explain(specWith(R"(, "branches": 4)"), specWith()),
            "stages[1].branches is 4 in the file, 1 in the spec");
  // Merged layers have none.
  EXPECT_EQ(explain(specWith(R"(, "branches": 4)"), specWith(),
                    CheckpointForm::Fused),
            "");
}

TEST(CheckpointStructure, SeesBlocksWidthsAndStages) {
  ModelSpec spec = specWith(), made = spec;
  made.stem.channels = 5;
  made.stem.branches = 2;
  made.stages[0].blocks = 3;
  made.stages[1].channels = 16;
  made.stages.push_back(made.stages[1]);
  for (CheckpointForm form : {CheckpointForm::Train, CheckpointForm::Fused}) {
    std::string branches = form == CheckpointForm::Train
                               ? "stem.branches is 2 in the file, 1 in the "
                                 "spec; "
                               : "";
    EXPECT_EQ(explain(made, spec, form),
              "stem.channels is 5 in the file, 4 in the spec; " + branches +
                  "stages (their number) is 3 in the file, 2 in the spec; "
                  "stages[0].blocks is 3 in the file, 2 in the spec; "
                  "stages[1].channels is 16 in the file, 8 in the spec");
  }
}

TEST(CheckpointStructure, SeesSqueezeExciteAndStride) {
  ModelSpec spec = specWith(), made = spec;
  made.stages[0].squeezeExciteBlocks = 1;
  made.stages[0].stride = 1;
  EXPECT_EQ(explain(made, spec),
            "stages[0].stride is 1 in the file, 2 in the spec; "
            "stages[0].se_blocks is 1 in the file, 0 in the spec");
  EXPECT_EQ(explain(spec, made),
            "stages[0].se_blocks is 0 in the file, 1 in the spec");
}

TEST(CheckpointStructure, SeesClasses) {
  ModelSpec spec = specWith(), made = spec;
  made.heads[0].classes = 9;
  EXPECT_EQ(explain(made, spec),
            "heads[0].classes is 9 in the file, 3 in the spec");
}

TEST(CheckpointStructure, KnowsTheBuiltins) {
  ModelSpec s0 = *builtinSpec("mobileone_s0"),
            s1 = *builtinSpec("mobileone_s1");
  EXPECT_EQ(explain(s0, s1),
            "stem.channels is 48 in the file, 64 in the spec; "
            "stages[0].channels is 48 in the file, 96 in the spec; "
            "stages[0].branches is 4 in the file, 1 in the spec; "
            "stages[1].channels is 128 in the file, 192 in the spec; "
            "stages[1].branches is 4 in the file, 1 in the spec; "
            "stages[2].channels is 256 in the file, 512 in the spec; "
            "and 3 more; the file fits the built-in mobileone_s0");
}

TEST(CheckpointStructure, NothingToExplainIfAllFits) {
  EXPECT_EQ(explain(specWith(), specWith()), "");
}

TEST(CheckpointStructure, RecognizesNothingInOtherFiles) {
  WeightStore file;
  file.add("linear.weight", {1}, {1});
  EXPECT_FALSE(recognizeNaming(file, specWith()));
  EXPECT_FALSE(recognizeNaming(WeightStore(), specWith()));
}
