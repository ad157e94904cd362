//===- SpecMutationTest.cpp - Damaged specs -------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/Layers.h"
#include "test/Spec/SpecText.h"
#include "test/Support/Mutation.h"

#include <gtest/gtest.h>

using namespace mobileone;

/// Whatever the text: it is refused with errors, or it gives a spec that every
/// user of specs can work with.
TEST(SpecMutation, NothingCrashes) {
  std::vector<std::string> seeds = {
      specText(), printModelSpec(*builtinSpec("mobileone_s4")),
      specText(R"({"input": {"type": "u8", "mean": [1, 2, 3]}, "heads":
                   [{"kind": "features", "stages": ["stem", "stage2"]}]})"),
      specText(R"({"stages": [{"multiplier": 0.5, "blocks": 3, "se_blocks": 2,
                   "se_hidden": [1, 2, 3, 4]}], "head": null})")};
  Mutator mutator(1, {"{",
                      "}",
                      "[",
                      "]",
                      ",",
                      ":",
                      "\"",
                      "null",
                      "true",
                      "0",
                      "-1",
                      "1",
                      "65536",
                      "65537",
                      "9223372036854775807",
                      "18446744073709551616",
                      "1e308",
                      "1e-320",
                      "0.5",
                      "\"\"",
                      "\\u0000",
                      "\\ud800",
                      "\xff",
                      "\"stage1\"",
                      "\"batch\":",
                      "\"channels\":",
                      "\"se_hidden\":",
                      "\"multiplier\":",
                      "\"branches\":",
                      "\"stride\":",
                      "\"heads\":",
                      "\"head\":"});
  int accepted = 0, count = rounds(10000, 1000000);
  for (int i = 0; i < count; ++i) {
    std::string text = mutator.mutate(seeds[mutator.below(seeds.size())],
                                      seeds[mutator.below(seeds.size())]);
    DiagnosticList diagnostics;
    auto spec = parseModelSpec(text, "m.json", diagnostics);
    ASSERT_NE(spec.has_value(), diagnostics.hasErrors()) << text;
    if (!spec)
      continue;
    ++accepted;
    for (const LayerSpec &layer : layersOf(*spec))
      ASSERT_GE(layer.output.height * layer.output.width, 1) << text;
    DiagnosticList again;
    ASSERT_TRUE(parseModelSpec(printModelSpec(*spec), "m.json", again))
        << text << again.str();
  }
  // Some damage must leave the text valid, or nothing was tested beyond syntax.
  EXPECT_GT(accepted, count / 200);
}
