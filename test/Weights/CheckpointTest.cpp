//===- CheckpointTest.cpp - Golden checkpoints ----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/Checkpoint.h"

#include <gtest/gtest.h>

using namespace mobileone;

namespace {

class GoldenCheckpoint : public testing::TestWithParam<const char *> {};

} // namespace

static const char *inputs = MOBILEONE_TEST_INPUTS;

static std::optional<Checkpoint> load(const std::string &model,
                                      const std::string &file) {
  DiagnosticList diagnostics;
  std::string folder = std::string(inputs) + "/" + model;
  auto spec = loadModelSpec(folder + "/model.json", diagnostics);
  EXPECT_TRUE(spec) << diagnostics.str();
  if (!spec)
    return std::nullopt;
  auto checkpoint = loadCheckpoint(folder + "/" + file, *spec, diagnostics);
  EXPECT_EQ(diagnostics.str(), "");
  return checkpoint;
}

TEST_P(GoldenCheckpoint, LoadsFromEveryFileUnderTheSameNames) {
  for (bool isTrained : {true, false}) {
    std::string form = isTrained ? "weights.train." : "weights.fused.";
    auto apple = load(GetParam(), form + "apple.safetensors");
    auto timm = load(GetParam(), form + "timm.safetensors");
    ASSERT_TRUE(apple && timm);
    EXPECT_EQ(apple->naming, "apple");
    EXPECT_EQ(timm->naming, "timm");
    EXPECT_EQ(apple->form,
              isTrained ? CheckpointForm::Train : CheckpointForm::Fused);
    EXPECT_EQ(timm->form, apple->form);
    ASSERT_EQ(apple->weights.names(), timm->weights.names());
    for (const std::string &name : apple->weights.names()) {
      EXPECT_EQ(apple->weights.find(name)->shape,
                timm->weights.find(name)->shape);
      EXPECT_EQ(apple->weights.read(name), timm->weights.read(name)) << name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, GoldenCheckpoint,
                         testing::Values("tiny_se", "tiny_odd", "tiny_k5"));
