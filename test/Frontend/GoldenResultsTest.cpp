//===- GoldenResultsTest.cpp - Networks as trained give known results -----===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Frontend/GoldenCase.h"

#include <cstdlib>

using namespace mobileone;

static void expectGolden(const GoldenCase &golden, double relative = 0x1p-24,
                         double absolute = 1e-9) {
  mlir::MLIRContext context;
  auto module = buildModel(context, golden.spec, golden.checkpoint.form);
  expectGoldenResults(onlyFunction(*module), golden, golden.checkpoint.weights,
                      relative, absolute);
}

namespace {
class GoldenResults : public testing::TestWithParam<const char *> {};
} // namespace

TEST_P(GoldenResults, TrainTimm) {
  expectGolden(loadGoldenCase(GetParam(), "weights.train.timm.safetensors"));
}

TEST_P(GoldenResults, TrainApple) {
  expectGolden(loadGoldenCase(GetParam(), "weights.train.apple.safetensors"));
}

// These weights were merged and rounded in f32.
TEST_P(GoldenResults, Fused) {
  expectGolden(loadGoldenCase(GetParam(), "weights.fused.timm.safetensors"),
               1e-4, 1e-4);
}

INSTANTIATE_TEST_SUITE_P(Tiny, GoldenResults,
                         testing::Values("tiny_k5", "tiny_odd", "tiny_se"));

TEST(GoldenResults, MobileOneS0) {
  const char *golden = std::getenv("MOBILEONE_GOLDEN");
  if (!golden)
    GTEST_SKIP() << "MOBILEONE_GOLDEN does not name the folder with "
                    "mobileone_s0";
  std::string folder = std::string(golden) + "/mobileone_s0";
  ModelSpec spec = *builtinSpec("mobileone_s0");
  HeadSpec features;
  features.kind = HeadKind::Features;
  features.stages = {"stage4"};
  spec.heads.push_back(features);
  expectGolden(loadGoldenCase(spec, folder, "weights.train.timm.safetensors"));
}
