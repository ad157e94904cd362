//===- LayersTest.cpp - The convolutions of a network, in order -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/Layers.h"
#include "test/Spec/SpecText.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mobileone;
using testing::ElementsAre;

static std::vector<LayerSpec> layersWith(const char *patch) {
  return layersOf(specWith(patch));
}

TEST(Layers, ComeInNetworkOrderWithTheirPaths) {
  std::vector<std::string> names, paths;
  for (const LayerSpec &layer : layersWith("{}")) {
    names.push_back(layer.name);
    paths.push_back(layer.jsonPath);
  }
  EXPECT_THAT(names, ElementsAre("stage0", "stage1.0", "stage1.1", "stage2.0",
                                 "stage2.1", "stage2.2", "stage2.3"));
  EXPECT_THAT(paths, ElementsAre("stem", "stages[0].blocks[0].depthwise",
                                 "stages[0].blocks[0].pointwise",
                                 "stages[1].blocks[0].depthwise",
                                 "stages[1].blocks[0].pointwise",
                                 "stages[1].blocks[1].depthwise",
                                 "stages[1].blocks[1].pointwise"));
}

TEST(Layers, TheStemIsADenseConvolution) {
  LayerSpec stem = layersWith(R"({"input": {"channels": 5}, "stem":
                                  {"channels": 7, "branches": 3}})")[0];
  EXPECT_EQ(stem.kind, LayerKind::Stem);
  EXPECT_EQ(stem.stage, 0);
  EXPECT_EQ(stem.branches, 3);
  EXPECT_EQ(stem.padding, 1);
  EXPECT_EQ(stem.groups, 1);
  EXPECT_THAT(stem.weightShape(), ElementsAre(7, 5, 3, 3));
  EXPECT_TRUE(stem.hasScale);
  EXPECT_TRUE(stem.endsStage);
}

TEST(Layers, TheStemNeverHasASkip) {
  LayerSpec stem = layersWith(R"({"input": {"channels": 8},
                                  "stem": {"stride": 1}})")[0];
  EXPECT_EQ(stem.inputChannels, stem.outputChannels);
  EXPECT_EQ(stem.stride, 1);
  EXPECT_FALSE(stem.hasSkip);
}

TEST(Layers, DepthwiseAndPointwiseAlternate) {
  std::vector<LayerSpec> layers = layersWith("{}");
  const LayerSpec &depthwise = layers[3], &pointwise = layers[4];
  EXPECT_EQ(depthwise.kind, LayerKind::Depthwise);
  EXPECT_THAT(depthwise.weightShape(), ElementsAre(8, 1, 3, 3));
  EXPECT_EQ(depthwise.groups, 8);
  EXPECT_EQ(depthwise.stride, 2);
  EXPECT_EQ(depthwise.padding, 1);
  EXPECT_TRUE(depthwise.hasScale);
  EXPECT_FALSE(depthwise.endsStage);
  EXPECT_EQ(pointwise.kind, LayerKind::Pointwise);
  EXPECT_THAT(pointwise.weightShape(), ElementsAre(16, 8, 1, 1));
  EXPECT_EQ(pointwise.groups, 1);
  EXPECT_EQ(pointwise.stride, 1);
  EXPECT_EQ(pointwise.padding, 0);
  EXPECT_FALSE(pointwise.hasScale);
  EXPECT_EQ(pointwise.stage, 2);
  EXPECT_EQ(pointwise.block, 0);
  EXPECT_EQ(layers[5].stride, 1);
  EXPECT_TRUE(layers[6].endsStage);
}

TEST(Layers, SkipsNeedEqualWidthsAndStrideOne) {
  std::vector<bool> skips;
  for (const LayerSpec &layer : layersWith("{}"))
    skips.push_back(layer.hasSkip);
  // stage1.1 is 8 to 8 channels, stage2.1 is 8 to 16.
  EXPECT_THAT(skips, ElementsAre(false, false, true, false, false, true, true));
  EXPECT_TRUE(layersWith(R"({"stages": [{"channels": 8, "blocks": 1,
                             "stride": 1}]})")[1]
                  .hasSkip);
}

/// mobileone_s0 has one skip more than the others: its stage 1 is as wide as
/// its stem.
TEST(Layers, CountsOfSkipsAreThoseOfTheReleasedCode) {
  for (const auto &[name, expected] :
       {std::pair("mobileone_s0", 35), std::pair("mobileone_s1", 34)}) {
    std::vector<LayerSpec> layers = layersOf(*builtinSpec(name));
    EXPECT_EQ(layers.size(), 43u);
    EXPECT_EQ(std::count_if(layers.begin(), layers.end(),
                            [](const LayerSpec &l) { return l.hasSkip; }),
              expected);
  }
}

TEST(Layers, MapsShrinkAsPaddedConvolutionsDo) {
  std::vector<LayerSpec> layers =
      layersWith(R"({"input": {"height": 45, "width": 2}})");
  EXPECT_EQ(layers[0].input, (MapSize{45, 2}));
  EXPECT_EQ(layers[0].output, (MapSize{23, 1}));
  EXPECT_EQ(layers[1].output, (MapSize{12, 1}));
  EXPECT_EQ(layers[2].output, (MapSize{12, 1}));
  EXPECT_EQ(layers[6].output, (MapSize{6, 1}));
}

TEST(Layers, OutputSizeIsNeverZero) {
  EXPECT_EQ(outputSize(1, 1), 1);
  EXPECT_EQ(outputSize(1, 2), 1);
  EXPECT_EQ(outputSize(2, 2), 1);
  EXPECT_EQ(outputSize(3, 2), 2);
  EXPECT_EQ(outputSize(224, 2), 112);
}

static std::vector<int64_t> hiddenWidths(const char *stage) {
  ModelSpec spec = specWith(stage);
  std::vector<int64_t> widths;
  for (const LayerSpec &layer : layersOf(spec))
    widths.push_back(layer.squeezeExciteHidden);
  return widths;
}

TEST(Layers, TheLastBlocksHaveSqueezeExcite) {
  EXPECT_THAT(hiddenWidths(R"({"stages": [{"channels": 64, "blocks": 3,
                              "se_blocks": 2}]})"),
              ElementsAre(0, 0, 0, 4, 4, 4, 4));
}

TEST(Layers, HiddenWidthIsASixteenthButNotZero) {
  EXPECT_THAT(hiddenWidths(R"({"stem": {"channels": 15}, "stages":
                [{"channels": 47, "blocks": 1, "se_blocks": 1}]})"),
              ElementsAre(0, 1, 2));
}

TEST(Layers, HiddenWidthsCanBeGiven) {
  EXPECT_THAT(hiddenWidths(R"({"stages": [{"channels": 64, "blocks": 2,
                              "se_blocks": 1, "se_hidden": 9}]})"),
              ElementsAre(0, 0, 0, 9, 9));
  EXPECT_THAT(hiddenWidths(R"({"stages": [{"channels": 64, "blocks": 2,
                              "se_blocks": 1, "se_hidden": [5, 7]}]})"),
              ElementsAre(0, 0, 0, 5, 7));
}

TEST(Layers, StageOutputsAreNamedForFeatures) {
  std::vector<StageOutput> outputs = stageOutputsOf(specWith("{}"));
  ASSERT_EQ(outputs.size(), 3u);
  EXPECT_EQ(outputs[0].name, "stem");
  EXPECT_EQ(outputs[0].channels, 8);
  EXPECT_EQ(outputs[0].size, (MapSize{112, 112}));
  EXPECT_EQ(outputs[2].name, "stage2");
  EXPECT_EQ(outputs[2].channels, 16);
  EXPECT_EQ(outputs[2].size, (MapSize{28, 28}));
}
