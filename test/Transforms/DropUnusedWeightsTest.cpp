//===- DropUnusedWeightsTest.cpp - Weights that nothing names -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Frontend/GoldenCase.h"
#include "test/Transforms/RunPasses.h"

#include <gmock/gmock.h>

using namespace mobileone;

// What remains is what a fused checkpoint has.
TEST(DropUnusedWeights, KeepsTheFusedTensorsOnly) {
  GoldenCase golden =
      loadGoldenCase("tiny_se", "weights.train.apple.safetensors");
  mlir::MLIRContext context;
  auto module = buildModel(context, golden.spec, golden.checkpoint.form);
  WeightStore &weights = golden.checkpoint.weights;
  reparameterize(*module, weights);
  mlir::PassManager manager(&context);
  manager.addPass(createDropUnusedWeights(weights));
  ASSERT_TRUE(succeeded(manager.run(*module)));

  std::vector<std::string> fused;
  for (const TensorRequirement &tensor :
       requiredTensors(golden.spec, CheckpointForm::Fused))
    fused.push_back(tensor.name);
  EXPECT_THAT(weights.names(), testing::UnorderedElementsAreArray(fused));
  expectGoldenResults(onlyFunction(*module), golden, weights);
}
