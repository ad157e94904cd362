//===- PrintModelSpecTest.cpp - ModelSpec to JSON -------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Spec/SpecText.h"

#include <gtest/gtest.h>

using namespace mobileone;

TEST(PrintModelSpec, MakesEveryValueExplicit) {
  EXPECT_EQ(printModelSpec(specWith(R"({"stages": [{"channels": 8,
              "blocks": 1}]})")),
            R"({
  "spec_version": 1,
  "name": "m",
  "input": {
    "batch": 1,
    "height": 224,
    "width": 224,
    "channels": 3,
    "type": "f32",
    "layout": "nchw"
  },
  "stem": {
    "channels": 8,
    "branches": 1,
    "stride": 2
  },
  "stages": [
    {
      "channels": 8,
      "blocks": 1,
      "branches": 1,
      "stride": 2,
      "se_blocks": 0
    }
  ],
  "heads": [
    {
      "kind": "classifier",
      "classes": 10,
      "name": "logits",
      "weights": "linear"
    }
  ],
  "bn_epsilon": 1e-05
}
)");
}

/// Reading what was printed gives the same spec: printed again, it is the same
/// text, in which every value stands.
TEST(PrintModelSpec, ComesBackEqual) {
  std::vector<ModelSpec> specs = {
      specWith(R"({"input": {"batch": 3, "type": "u8", "mean": [0.1, 0.2, 1e-7],
                   "std": [3, 1e5, 0.3333333333333333]}, "bn_epsilon": 1e-3})"),
      specWith(R"({"stages": [
        {"channels": 8, "blocks": 3, "se_blocks": 2, "se_hidden": 5},
        {"channels": 8, "blocks": 2, "se_blocks": 1, "se_hidden": [1, 2]}]})"),
      specWith(R"({"heads": [
        {"kind": "features", "stages": ["stem", "stage2"], "layout": "nhwc"},
        {"kind": "classifier", "classes": 7, "name": "a", "weights": "b.c"}
        ]})")};
  for (const std::string &name : builtinSpecNames())
    specs.push_back(*builtinSpec(name));
  for (const ModelSpec &spec : specs) {
    std::string text = printModelSpec(spec);
    DiagnosticList diagnostics;
    auto again = parseModelSpec(text, "m.json", diagnostics);
    ASSERT_TRUE(again) << diagnostics.str();
    EXPECT_EQ(printModelSpec(*again), text);
  }
}
