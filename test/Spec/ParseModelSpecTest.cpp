//===- ParseModelSpecTest.cpp - JSON to ModelSpec -------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Spec/SpecText.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mobileone;
using testing::ElementsAre;

TEST(ParseModelSpec, FillsInDefaults) {
  ModelSpec spec = specWith();
  EXPECT_EQ(spec.name, "m");
  EXPECT_EQ(spec.input.batch, 1);
  EXPECT_EQ(spec.input.height, 224);
  EXPECT_EQ(spec.input.width, 224);
  EXPECT_EQ(spec.input.channels, 3);
  EXPECT_EQ(spec.input.type, InputType::F32);
  EXPECT_EQ(spec.input.layout, TensorLayout::NCHW);
  EXPECT_TRUE(spec.input.mean.empty());
  EXPECT_TRUE(spec.input.standardDeviation.empty());
  EXPECT_EQ(spec.stem.channels, 8);
  EXPECT_EQ(spec.stem.branches, 1);
  EXPECT_EQ(spec.stem.stride, 2);
  ASSERT_EQ(spec.stages.size(), 2u);
  EXPECT_EQ(spec.stages[1].channels, 16);
  EXPECT_EQ(spec.stages[1].blocks, 2);
  EXPECT_EQ(spec.stages[1].branches, 1);
  EXPECT_EQ(spec.stages[1].stride, 2);
  EXPECT_EQ(spec.stages[1].squeezeExciteBlocks, 0);
  EXPECT_FALSE(spec.stages[1].squeezeExciteHidden);
  EXPECT_EQ(spec.batchNormEpsilon, 1e-5);
}

TEST(ParseModelSpec, ReadsEveryKey) {
  ModelSpec spec = specWith(R"({"input": {"batch": 6, "height": 5, "width": 7,
      "channels": 2, "type": "f32", "layout": "nhwc", "mean": [1, 2],
      "std": [3, 4.5]},
    "stem": {"channels": 9, "branches": 2, "stride": 1},
    "stages": [{"channels": 11, "blocks": 3, "branches": 5, "stride": 1,
                "se_blocks": 2, "se_hidden": 4}],
    "bn_epsilon": 0.001})");
  EXPECT_EQ(spec.input.batch, 6);
  EXPECT_EQ(spec.input.height, 5);
  EXPECT_EQ(spec.input.width, 7);
  EXPECT_EQ(spec.input.channels, 2);
  EXPECT_EQ(spec.input.layout, TensorLayout::NHWC);
  EXPECT_THAT(spec.input.mean, ElementsAre(1, 2));
  EXPECT_THAT(spec.input.standardDeviation, ElementsAre(3, 4.5));
  EXPECT_EQ(spec.stem.channels, 9);
  EXPECT_EQ(spec.stem.branches, 2);
  EXPECT_EQ(spec.stem.stride, 1);
  EXPECT_EQ(spec.stages[0].channels, 11);
  EXPECT_EQ(spec.stages[0].blocks, 3);
  EXPECT_EQ(spec.stages[0].branches, 5);
  EXPECT_EQ(spec.stages[0].stride, 1);
  EXPECT_EQ(spec.stages[0].squeezeExciteBlocks, 2);
  EXPECT_EQ(spec.stages[0].squeezeExciteHidden, 4);
  EXPECT_EQ(spec.batchNormEpsilon, 0.001);
}

TEST(ParseModelSpec, BytesAreNhwc) {
  ModelSpec spec = specWith(R"({"input": {"type": "u8"}})");
  EXPECT_EQ(spec.input.type, InputType::U8);
  EXPECT_EQ(spec.input.layout, TensorLayout::NHWC);
  EXPECT_THAT(
      errorsWith(R"({"input": {"type": "u8", "layout": "nchw"}})"),
      ElementsAre(
          "input.layout: must be \"nhwc\" for an input of type \"u8\""));
}

TEST(ParseModelSpec, CompletesMeanAndStd) {
  ModelSpec spec = specWith(R"({"input": {"mean": [1, 2, 3]}})");
  EXPECT_THAT(spec.input.standardDeviation, ElementsAre(1, 1, 1));
  spec = specWith(R"({"input": {"std": [1, 2, 3]}})");
  EXPECT_THAT(spec.input.mean, ElementsAre(0, 0, 0));
}

TEST(ParseModelSpec, ChecksMeanAndStd) {
  EXPECT_THAT(
      errorsWith(R"({"input": {"mean": [1, 2], "std": [1, 0, -1]}})"),
      ElementsAre("input.mean: must have one value per input channel, 3, not 2",
                  "input.std[1]: must be from 1e-06 to 1000000, not 0",
                  "input.std[2]: must be from 1e-06 to 1000000, not -1"));
  EXPECT_THAT(errorsWith(R"({"input": {"channels": 1, "mean": []}})"),
              ElementsAre("input.mean: must have one value per input channel, "
                          "1, not 0"));
  // With the channels unknown, no count can be wrong.
  EXPECT_THAT(errorsWith(R"({"input": {"channels": "x", "mean": [1]}})"),
              ElementsAre("input.channels: must be an integer, not string"));
}

TEST(ParseModelSpec, ChecksBatch) {
  EXPECT_THAT(errorsWith(R"({"input": {"batch": 0}})"),
              ElementsAre("input.batch: must be from 1 to 1024, not 0"));
  EXPECT_THAT(errorsWith(R"({"input": {"batch": 1025}})"),
              ElementsAre("input.batch: must be from 1 to 1024, not 1025"));
  EXPECT_THAT(errorsWith(R"({"input": {"batch": 2.5}})"),
              ElementsAre("input.batch: must be an integer, not number"));
}

TEST(ParseModelSpec, TakesAnotherBatch) {
  DiagnosticList diagnostics;
  auto spec = parseModelSpec(specText(R"({"input": {"batch": 6}})"), "m.json",
                             diagnostics, 2);
  ASSERT_TRUE(spec) << diagnostics.str();
  EXPECT_EQ(spec->input.batch, 2);
}

TEST(ParseModelSpec, TakesThePapersMultipliers) {
  ModelSpec spec = specWith(R"({"stem": {"channels": null, "multiplier": 3},
    "stages": [{"multiplier": 0.75, "blocks": 1},
               {"multiplier": 1.5, "blocks": 1},
               {"multiplier": 0.33, "blocks": 1},
               {"multiplier": 2.5, "blocks": 1},
               {"multiplier": 1, "blocks": 1}]})");
  EXPECT_EQ(spec.stem.channels, 64);
  std::vector<int64_t> channels;
  for (const StageSpec &stage : spec.stages)
    channels.push_back(stage.channels);
  EXPECT_THAT(channels, ElementsAre(48, 192, 84, 1280, 512));
  spec = specWith(R"({"stem": {"channels": null, "multiplier": 0.75}})");
  EXPECT_EQ(spec.stem.channels, 48);
}

TEST(ParseModelSpec, NeedsOneWidth) {
  EXPECT_THAT(
      errorsWith(R"({"stem": {"multiplier": 1}, "stages": [{"blocks": 1}]})"),
      ElementsAre("stem: needs either 'channels' or 'multiplier'",
                  "stages[0]: needs either 'channels' or 'multiplier'"));
  EXPECT_THAT(errorsWith(R"({"stages": [{"multiplier": 0.01, "blocks": 1},
                                        {"multiplier": 600, "blocks": 1},
                                        {"multiplier": 2000, "blocks": 1}]})"),
              ElementsAre("stages[0].multiplier: gives 0 channels; there must "
                          "be from 1 to 65536",
                          "stages[1].multiplier: gives 76800 channels; there "
                          "must be from 1 to 65536",
                          "stages[2].multiplier: must be from 0 to 1024, not "
                          "2000"));
}

TEST(ParseModelSpec, ReadsHiddenWidthsPerConvolution) {
  ModelSpec spec = specWith(R"({"stages": [{"channels": 16, "blocks": 2,
    "se_blocks": 1, "se_hidden": [3, 4]}]})");
  EXPECT_FALSE(spec.stages[0].squeezeExciteHidden);
  EXPECT_THAT(spec.stages[0].squeezeExciteHiddenWidths, ElementsAre(3, 4));
}

TEST(ParseModelSpec, ChecksSqueezeExcite) {
  EXPECT_THAT(
      errorsWith(R"({"stages": [
        {"channels": 16, "blocks": 2, "se_blocks": 1, "se_hidden": [3]},
        {"channels": 16, "blocks": 2, "se_blocks": 3},
        {"channels": 16, "blocks": 2, "se_hidden": 3},
        {"channels": 16, "blocks": 2, "se_blocks": 1, "se_hidden": [0, "x"]},
        {"channels": 16, "blocks": 2, "se_blocks": 1, "se_hidden": 0}]})"),
      ElementsAre(
          "stages[0].se_hidden: must be one number, or an array of one for "
          "each of the 2 convolutions with squeeze-excite, not of 1",
          "stages[1].se_blocks: must be from 0 to 2, not 3",
          "stages[2].se_hidden: has no effect without 'se_blocks'",
          "stages[3].se_hidden[0]: must be from 1 to 65536, not 0",
          "stages[3].se_hidden[1]: must be an integer, not string",
          "stages[4].se_hidden: must be from 1 to 65536, not 0"));
}

TEST(ParseModelSpec, NeedsItsVersion) {
  EXPECT_THAT(errorsWith(R"({"spec_version": null, "name": 3})"),
              ElementsAre("the key 'spec_version' is missing"));
  EXPECT_THAT(errorsWith(R"({"spec_version": 2, "name": 3})"),
              ElementsAre("spec_version: version 2 is newer than this compiler "
                          "reads, which is 1; use a newer mobileonec"));
  EXPECT_THAT(errorsWith(R"({"spec_version": 0})"),
              ElementsAre("spec_version: must be from 1 to "
                          "9223372036854775807, not 0"));
  EXPECT_THAT(errorsWith(R"({"spec_version": "1"})"),
              ElementsAre("spec_version: must be an integer, not string"));
}

TEST(ParseModelSpec, NeedsAnObject) {
  EXPECT_THAT(errorsOfText("[]"), ElementsAre("must be an object, not array"));
}

TEST(ParseModelSpec, ReportsAllErrorsWithTheirPaths) {
  EXPECT_THAT(
      errorsWith(R"({"name": "2x", "input": {"height": 0, "hight": 5},
        "stem": {"channels": 70000, "stride": 3},
        "stages": [{"channels": 8, "blocks": 0, "branches": 65}, 7,
                   {"chanels": 8, "blocks": 1}],
        "heads": [{"kind": "clasifier"}], "bn_epsilon": 2, "extra": 1})"),
      ElementsAre(
          "name: \"2x\" is not a C identifier: letters, digits and _, no "
          "digit first",
          "input.height: must be from 1 to 65536, not 0",
          "input.hight: unknown key; did you mean \"height\"?",
          "stem.channels: must be from 1 to 65536, not 70000",
          "stem.stride: must be from 1 to 2, not 3",
          "stages[0].blocks: must be from 1 to 512, not 0",
          "stages[0].branches: must be from 1 to 64, not 65",
          "stages[1]: must be an object, not number",
          "stages[2]: needs either 'channels' or 'multiplier'",
          "stages[2].chanels: unknown key; did you mean \"channels\"?",
          "heads[0].kind: must be one of \"classifier\", \"features\", not "
          "\"clasifier\"; did you mean \"classifier\"?",
          "bn_epsilon: must be from 1e-12 to 1, not 2",
          "extra: unknown key; known here: spec_version, name, input, stem, "
          "stages, head, heads, bn_epsilon"));
}

TEST(ParseModelSpec, ReportsMissingParts) {
  EXPECT_THAT(errorsWith(R"({"name": null, "stem": null, "stages": null,
                             "heads": null})"),
              ElementsAre("the key 'name' is missing",
                          "the key 'stem' is missing",
                          "the key 'stages' is missing",
                          "needs either 'heads' or a single 'head'"));
  EXPECT_THAT(errorsWith(R"({"stages": [{"channels": 8}]})"),
              ElementsAre("stages[0]: the key 'blocks' is missing"));
  EXPECT_THAT(errorsWith(R"({"stages": [], "name": 1})"),
              ElementsAre("name: must be a string, not number",
                          "stages: must have from 1 to 64 elements, not 0"));
}

TEST(ParseModelSpec, ReportsSyntaxErrorsAndDoubleKeys) {
  DiagnosticList diagnostics;
  EXPECT_FALSE(parseModelSpec("{\n\"a\" 1}", "m.json", diagnostics));
  EXPECT_FALSE(parseModelSpec(R"({"stem": {"stride": 1, "stride": 2}})",
                              "m.json", diagnostics));
  EXPECT_EQ(diagnostics.str(),
            "error: m.json:2:5: not valid JSON: unexpected number literal; "
            "expected ':'\n"
            "error: m.json: stem.stride: the key stands twice in its object\n");
}

TEST(ParseModelSpec, EscapesTheFilesName) {
  DiagnosticList diagnostics;
  EXPECT_FALSE(parseModelSpec("[]", "a\nb", diagnostics));
  EXPECT_EQ(diagnostics.str(), "error: a\\nb: must be an object, not array\n");
}

/// The code blocks marked as JSON of the format's page.
static std::vector<std::string> documentedExamples() {
  std::ifstream page(MOBILEONE_SOURCE_FOLDER "/compiler/Spec/README.md");
  std::vector<std::string> examples;
  bool isInside = false;
  for (std::string line; std::getline(page, line);) {
    if (line == "```json")
      examples.emplace_back();
    else if (isInside && line != "```")
      examples.back() += line + "\n";
    isInside = line == "```json" || (isInside && line != "```");
  }
  return examples;
}

TEST(ParseModelSpec, ReadsTheDocumentedExamples) {
  std::vector<std::string> examples = documentedExamples();
  EXPECT_EQ(examples.size(), 3u);
  for (const std::string &example : examples)
    EXPECT_THAT(errorsOfText(example), ElementsAre());
}
