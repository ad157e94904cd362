//===- ValidateModelSpecTest.cpp - What follows from a spec's values ------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Spec/SpecText.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mobileone;
using testing::ElementsAre;

TEST(ValidateModelSpec, OutputNamesDiffer) {
  EXPECT_THAT(
      errorsWith(R"({"heads": [
        {"kind": "features", "stages": ["stem", "stem"]},
        {"kind": "classifier", "classes": 3, "name": "Stem"},
        {"kind": "classifier", "classes": 3, "name": "input"}]})"),
      ElementsAre(
          "heads[0].stages[1]: the name \"stem\" is taken by "
          "heads[0].stages[0]; names of outputs must differ in more than case",
          "heads[1].name: the name \"Stem\" is taken by heads[0].stages[0]; "
          "names of outputs must differ in more than case",
          "heads[2].name: the name \"input\" is taken by input; names of "
          "outputs must differ in more than case"));
  EXPECT_THAT(errorsWith(R"({"heads": null, "head": {"kind": "features",
                             "stages": ["stage1", "stage1"]}})"),
              ElementsAre("head.stages[1]: the name \"stage1\" is taken by "
                          "head.stages[0]; names of outputs must differ in "
                          "more than case"));
}

TEST(ValidateModelSpec, SharedClassifierTensorsHaveOneShape) {
  specWith(R"({"heads": [{"kind": "classifier", "classes": 3},
                         {"kind": "classifier", "classes": 3, "name": "b"}]})");
  EXPECT_THAT(
      errorsWith(R"({"heads": [
        {"kind": "classifier", "classes": 3},
        {"kind": "classifier", "classes": 4, "name": "b"}]})"),
      ElementsAre("heads[1].weights: \"linear\" has 4 classes here and 3 in "
                  "heads[0]; name each classifier's tensors"));
}

TEST(ValidateModelSpec, DepthIsLimited) {
  EXPECT_THAT(errorsWith(R"({"stages": [{"channels": 8, "blocks": 500},
                                        {"channels": 8, "blocks": 12}]})"),
              ElementsAre("stages: the network has 1025 convolutions; at most "
                          "1024 are possible"));
  specWith(R"({"stages": [{"channels": 8, "blocks": 500},
                          {"channels": 8, "blocks": 11}]})");
}

TEST(ValidateModelSpec, MapsAreLimited) {
  EXPECT_THAT(
      errorsWith(R"({"input": {"height": 65536, "width": 65536},
                     "stem": {"channels": 1}, "stages":
                     [{"channels": 1, "blocks": 1}]})"),
      ElementsAre("input: a map of 3 x 65536 x 65536 has 12884901888 "
                  "elements; at most 268435456 are possible",
                  "stem: a map of 1 x 32768 x 32768 has 1073741824 elements; "
                  "at most 268435456 are possible"));
  EXPECT_THAT(errorsWith(R"({"input": {"height": 1024, "width": 1024},
                             "stages": [{"channels": 8192, "blocks": 1}]})"),
              ElementsAre("stages[0].blocks[0].pointwise: a map of 8192 x 256 "
                          "x 256 has 536870912 elements; at most 268435456 "
                          "are possible"));
}

TEST(ValidateModelSpec, BatchesAreLimited) {
  specWith(R"({"input": {"batch": 16, "height": 1024, "width": 1024},
               "stem": {"channels": 32}})");
  EXPECT_THAT(
      errorsWith(R"({"input": {"batch": 128, "height": 1024, "width": 1024},
                     "stem": {"channels": 16}})"),
      ElementsAre(
          "input: 128 maps of 3 x 1024 x 1024 have 402653184 elements; "
          "at most 268435456 are possible",
          "stem: 128 maps of 16 x 512 x 512 have 536870912 elements; at "
          "most 268435456 are possible"));
  EXPECT_THAT(errorsWith(R"({"input": {"batch": 512, "height": 8, "width": 8},
                             "heads": [{"kind": "classifier",
                                        "classes": 1048576}]})"),
              ElementsAre("heads[0].classes: 512 outputs of 1048576 classes "
                          "have 536870912 elements; at most 268435456 are "
                          "possible"));
}

TEST(ValidateModelSpec, ParametersAreLimited) {
  EXPECT_THAT(errorsWith(R"({"stages": [{"channels": 65536, "blocks": 2}],
                             "input": {"height": 1, "width": 1}})"),
              ElementsAre("the network has 4296933690 parameters; at most "
                          "268435456 are possible"));
  EXPECT_THAT(errorsWith(R"({"stages": [{"channels": 8192, "blocks": 3,
                             "branches": 64}]})"),
              ElementsAre("the network has 8614353762 parameters with all "
                          "branches; at most 1073741824 are possible"));
}

/// The largest values that single keys take do not overflow together.
TEST(ValidateModelSpec, ExtremesAreRefusedWithoutOverflow) {
  EXPECT_FALSE(
      errorsWith(R"({"input": {"batch": 1024, "height": 65536, "width": 65536,
      "channels": 65536}, "stem": {"channels": 65536, "branches": 64,
      "stride": 1}, "stages": [{"channels": 65536, "blocks": 511,
      "branches": 64, "stride": 1, "se_blocks": 511, "se_hidden": 65536}],
      "heads": [{"kind": "classifier", "classes": 1048576}]})")
          .empty());
}
