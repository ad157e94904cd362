//===- ParseHeadsTest.cpp - The heads of a spec ---------------------------===//
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

TEST(ParseHeads, ReadsAClassifier) {
  HeadSpec head = specWith().heads[0];
  EXPECT_EQ(head.kind, HeadKind::Classifier);
  EXPECT_EQ(head.classes, 10);
  EXPECT_EQ(head.name, "logits");
  EXPECT_EQ(head.weights, "linear");
  head = specWith(R"({"heads": [{"kind": "classifier", "classes": 2,
                     "name": "scores", "weights": "aux.fc"}]})")
             .heads[0];
  EXPECT_EQ(head.classes, 2);
  EXPECT_EQ(head.name, "scores");
  EXPECT_EQ(head.weights, "aux.fc");
}

TEST(ParseHeads, ReadsFeatures) {
  HeadSpec head = specWith(R"({"heads": [{"kind": "features",
      "stages": ["stage2", "stem"], "layout": "nhwc"}]})")
                      .heads[0];
  EXPECT_EQ(head.kind, HeadKind::Features);
  EXPECT_THAT(head.stages, ElementsAre("stage2", "stem"));
  EXPECT_EQ(head.layout, TensorLayout::NHWC);
}

TEST(ParseHeads, ReadsSeveral) {
  ModelSpec spec = specWith(R"({"heads": [
    {"kind": "features", "stages": ["stage1"]},
    {"kind": "classifier", "classes": 3},
    {"kind": "features", "stages": ["stage2"]}]})");
  ASSERT_EQ(spec.heads.size(), 3u);
  EXPECT_EQ(spec.heads[1].kind, HeadKind::Classifier);
}

TEST(ParseHeads, ReadsASingleOne) {
  ModelSpec spec = specWith(R"({"heads": null, "head":
    {"kind": "features", "stages": ["stage1"]}})");
  ASSERT_EQ(spec.heads.size(), 1u);
  EXPECT_EQ(spec.heads[0].kind, HeadKind::Features);
  EXPECT_THAT(errorsWith(R"({"heads": null, "head": {"kind": "x"}})"),
              ElementsAre("head.kind: must be one of \"classifier\", "
                          "\"features\", not \"x\""));
}

TEST(ParseHeads, NeedsThemOnce) {
  EXPECT_THAT(errorsWith(R"({"head": {"kind": "classifier"}})"),
              ElementsAre("needs either 'heads' or a single 'head'"));
  EXPECT_THAT(errorsWith(R"({"heads": []})"),
              ElementsAre("heads: must have from 1 to 64 elements, not 0"));
  EXPECT_THAT(errorsWith(R"({"heads": [{}, 1]})"),
              ElementsAre("heads[0]: the key 'kind' is missing",
                          "heads[1]: must be an object, not number"));
}

TEST(ParseHeads, ChecksClassifiers) {
  EXPECT_THAT(
      errorsWith(R"({"heads": [{"kind": "classifier", "name": "for",
        "weights": "", "stages": []},
        {"kind": "classifier", "classes": 0, "weights": "a b"},
        {"kind": "classifier", "classes": 2000000, "weights": "stage9"}]})"),
      ElementsAre(
          "heads[0]: the key 'classes' is missing",
          "heads[0].name: \"for\" is a keyword of C or C++",
          "heads[0].weights: must have from 1 to 128 characters",
          "heads[0].stages: unknown key; known here: kind, classes, name, "
          "weights",
          "heads[1].classes: must be from 1 to 1048576, not 0",
          "heads[1].weights: must consist of letters, digits, '_' and '.'",
          "heads[2].classes: must be from 1 to 1048576, not 2000000",
          "heads[2].weights: must not start with \"stage\", as the "
          "convolutions' tensors do"));
}

TEST(ParseHeads, ChecksFeatures) {
  EXPECT_THAT(
      errorsWith(R"({"heads": [{"kind": "features"},
        {"kind": "features", "stages": []},
        {"kind": "features", "stages": ["stage1", "stage3", "stage0"],
         "classes": 3, "layout": "nwhc"}]})"),
      ElementsAre(
          "heads[0]: the key 'stages' is missing",
          "heads[1].stages: must name at least one stage",
          "heads[2].layout: must be one of \"nchw\", \"nhwc\", not \"nwhc\"; "
          "did you mean \"nhwc\"?",
          "heads[2].stages[1]: \"stage3\" is not a stage of this network; it "
          "has stem, stage1, stage2",
          "heads[2].stages[2]: \"stage0\" is not a stage of this network; it "
          "has stem, stage1, stage2",
          "heads[2].classes: unknown key; known here: kind, layout, stages"));
}
