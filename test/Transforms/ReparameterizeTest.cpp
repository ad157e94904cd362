//===- ReparameterizeTest.cpp - From training to inference by numbers -----===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Reference/RandomData.h"
#include "test/Frontend/GoldenCase.h"
#include "test/Transforms/RunPasses.h"

#include <algorithm>
#include <cstdlib>
#include <random>

using namespace mobileone;

//===----------------------------------------------------------------------===//
// Known networks
//===----------------------------------------------------------------------===//

namespace {
class GoldenReparameterize : public testing::TestWithParam<const char *> {};
} // namespace

TEST_P(GoldenReparameterize, InferenceFormGivesKnownResults) {
  for (const char *file :
       {"weights.train.timm.safetensors", "weights.train.apple.safetensors"}) {
    GoldenCase golden = loadGoldenCase(GetParam(), file);
    mlir::MLIRContext context;
    auto module = buildModel(context, golden.spec, golden.checkpoint.form);
    reparameterize(*module, golden.checkpoint.weights);
    expectGoldenResults(onlyFunction(*module), golden,
                        golden.checkpoint.weights);
  }
}

static double largest(const std::vector<double> &values) {
  double result = 0;
  for (double value : values)
    result = std::max(result, std::abs(value));
  return result;
}

// The fused file was merged by PyTorch, in f32.
TEST_P(GoldenReparameterize, MergedWeightsEqualFusedOnes) {
  GoldenCase golden =
      loadGoldenCase(GetParam(), "weights.train.timm.safetensors");
  GoldenCase fused =
      loadGoldenCase(GetParam(), "weights.fused.timm.safetensors");
  mlir::MLIRContext context;
  auto module = buildModel(context, golden.spec, golden.checkpoint.form);
  reparameterize(*module, golden.checkpoint.weights);
  for (const std::string &name : fused.checkpoint.weights.names()) {
    ASSERT_TRUE(golden.checkpoint.weights.contains(name)) << name;
    std::vector<double> found = golden.checkpoint.weights.read(name);
    std::vector<double> expected = fused.checkpoint.weights.read(name);
    ASSERT_EQ(found.size(), expected.size()) << name;
    for (size_t i = 0; i < found.size(); ++i)
      ASSERT_NEAR(found[i], expected[i], 1e-5 * largest(expected))
          << name << " at " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Tiny, GoldenReparameterize,
                         testing::Values("tiny_k5", "tiny_odd", "tiny_se"));

//===----------------------------------------------------------------------===//
// Random networks
//===----------------------------------------------------------------------===//

static ModelSpec randomSpec(uint64_t seed) {
  std::mt19937_64 random(seed);
  auto between = [&](int64_t low, int64_t high) {
    return low + int64_t(random() % uint64_t(high - low + 1));
  };
  ModelSpec spec;
  spec.name = "random";
  spec.input.height = between(3, 40);
  spec.input.width = between(3, 40);
  spec.input.channels = between(1, 4);
  spec.stem = {between(1, 20), between(1, 3), between(1, 2)};
  for (int64_t i = 0, stages = between(1, 3); i < stages; ++i) {
    StageSpec stage;
    stage.channels = between(1, 24);
    stage.blocks = between(1, 3);
    stage.branches = between(1, 5);
    stage.stride = between(1, 2);
    stage.squeezeExciteBlocks = between(0, stage.blocks);
    spec.stages.push_back(stage);
  }
  HeadSpec classifier;
  classifier.classes = between(1, 12);
  spec.heads = {classifier};
  return spec;
}

/// Results of `module` for a seeded image.
static std::vector<double> logitsOf(mlir::ModuleOp module,
                                    const WeightStore &weights) {
  DiagnosticList diagnostics;
  auto function = onlyFunction(module);
  auto results =
      interpret(function, weights, randomInputs(function, 1), diagnostics);
  EXPECT_EQ(diagnostics.str(), "");
  return results ? results->front().values : std::vector<double>();
}

TEST(Reparameterize, RandomNetworksKeepTheirResults) {
  uint64_t count = std::getenv("MOBILEONE_FULL_TESTS") ? 500 : 30;
  for (uint64_t seed = 0; seed < count; ++seed) {
    SCOPED_TRACE(seed);
    ModelSpec spec = randomSpec(seed);
    Checkpoint checkpoint = randomCheckpoint(spec, CheckpointForm::Train, seed);
    mlir::MLIRContext context;
    auto module = buildModel(context, spec, checkpoint.form);
    std::vector<double> before = logitsOf(*module, checkpoint.weights);
    reparameterize(*module, checkpoint.weights);
    std::vector<double> after = logitsOf(*module, checkpoint.weights);
    ASSERT_EQ(after.size(), before.size());
    for (size_t i = 0; i < before.size(); ++i)
      ASSERT_NEAR(after[i], before[i], 1e-9 * std::max(1.0, largest(before)));
  }
}

// A fused checkpoint has nothing to merge; activations still become attributes.
TEST(Reparameterize, AcceptsFusedCheckpoints) {
  ModelSpec spec = randomSpec(3);
  Checkpoint checkpoint = randomCheckpoint(spec, CheckpointForm::Fused, 3);
  mlir::MLIRContext context;
  auto module = buildModel(context, spec, checkpoint.form);
  std::vector<double> before = logitsOf(*module, checkpoint.weights);
  reparameterize(*module, checkpoint.weights);
  EXPECT_EQ(logitsOf(*module, checkpoint.weights), before);
}
