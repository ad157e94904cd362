//===- BuiltinSpecsTest.cpp - The published networks ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/Layers.h"
#include "compiler/Spec/ModelSpec.h"

#include <gtest/gtest.h>

using namespace mobileone;

namespace {

/// As printed in the released code's documentation and in timm's results.
struct PublishedFacts {
  const char *name;
  int64_t stem;
  std::vector<int64_t> channels;
  int64_t branches;
  std::vector<int64_t> squeezeExciteBlocks;
  /// Of the merged network: parameters with biases; multiply-adds of
  /// convolutions and classifier, without squeeze-excites.
  int64_t parameters, multiplyAdds;
};

const PublishedFacts published[] = {
    {"mobileone_s0",
     48,
     {48, 128, 256, 1024},
     4,
     {0, 0, 0, 0},
     2078504,
     275110400},
    {"mobileone_s1",
     64,
     {96, 192, 512, 1280},
     1,
     {0, 0, 0, 0},
     4764840,
     825057024},
    {"mobileone_s2",
     64,
     {96, 256, 640, 2048},
     1,
     {0, 0, 0, 0},
     7808168,
     1298426496},
    {"mobileone_s3",
     64,
     {128, 320, 768, 2048},
     1,
     {0, 0, 0, 0},
     10078312,
     1895790592},
    {"mobileone_s4",
     64,
     {192, 448, 896, 2048},
     1,
     {0, 0, 5, 1},
     14838352,
     2977641600},
};

} // namespace

TEST(BuiltinSpecs, HaveThePublishedWidthsAndBlocks) {
  const std::vector<int64_t> blocks = {2, 8, 10, 1};
  for (const PublishedFacts &facts : published) {
    auto spec = builtinSpec(facts.name);
    ASSERT_TRUE(spec) << facts.name;
    EXPECT_EQ(spec->name, facts.name);
    EXPECT_EQ(spec->stem.channels, facts.stem);
    EXPECT_EQ(spec->stem.branches, 1);
    ASSERT_EQ(spec->stages.size(), 4u);
    for (size_t s = 0; s < 4; ++s) {
      EXPECT_EQ(spec->stages[s].channels, facts.channels[s]);
      EXPECT_EQ(spec->stages[s].blocks, blocks[s]);
      EXPECT_EQ(spec->stages[s].branches, facts.branches);
      EXPECT_EQ(spec->stages[s].stride, 2);
      EXPECT_EQ(spec->stages[s].squeezeExciteBlocks,
                facts.squeezeExciteBlocks[s]);
    }
    ASSERT_EQ(spec->heads.size(), 1u);
    EXPECT_EQ(spec->heads[0].classes, 1000);
  }
}

TEST(BuiltinSpecs, HaveThePublishedSizes) {
  for (const PublishedFacts &facts : published) {
    ModelSpec spec = *builtinSpec(facts.name);
    int64_t features = spec.stages.back().channels;
    int64_t parameters = 1000 * (features + 1), multiplyAdds = 1000 * features;
    for (const LayerSpec &layer : layersOf(spec)) {
      int64_t weights = layer.outputChannels * layer.kernel * layer.kernel *
                        (layer.inputChannels / layer.groups);
      int64_t hidden = layer.squeezeExciteHidden;
      parameters += weights + layer.outputChannels;
      if (hidden)
        parameters +=
            hidden + layer.outputChannels + 2 * hidden * layer.outputChannels;
      multiplyAdds += weights * layer.output.height * layer.output.width;
    }
    EXPECT_EQ(parameters, facts.parameters) << facts.name;
    EXPECT_EQ(multiplyAdds, facts.multiplyAdds) << facts.name;
  }
}

TEST(BuiltinSpecs, AreListed) {
  EXPECT_EQ(
      builtinSpecNames(),
      (std::vector<std::string>{"mobileone_s0", "mobileone_s1", "mobileone_s2",
                                "mobileone_s3", "mobileone_s4"}));
  EXPECT_FALSE(builtinSpec("mobileone_s5"));
  EXPECT_FALSE(builtinSpec(""));
}
