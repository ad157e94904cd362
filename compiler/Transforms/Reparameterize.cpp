//===- Reparameterize.cpp - The passes in order ---------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Transforms/Passes.h"

#include "mlir/Pass/PassRegistry.h"

using namespace mlir;
using namespace mobileone;

void mobileone::populateReparameterize(OpPassManager &manager,
                                       WeightStore &weights) {
  manager.addPass(createVerifyTrainingForm(weights));
  // First, as merging knows convolutions only. What remains are the norms of
  // skip branches.
  manager.addPass(createFoldBatchNorm(weights));
  // Before padding: a skip becomes a 1x1 convolution.
  manager.addPass(createSkipToConv(weights));
  // Before merging: it needs filters of one shape.
  manager.addPass(createPadPointwiseTo3x3(weights));
  manager.addPass(createMergeParallelBranches(weights));
  // After merging: until then, activations follow a sum, not a convolution.
  manager.addPass(createFuseActivation());
  // After fusing: the activation of the whole is that of its last part.
  manager.addPass(createDecomposeSqueezeExcite());
  manager.addPass(createVerifyInferenceForm(weights));
}

void mobileone::registerTransformPasses(WeightStore &weights) {
  using Factory = std::unique_ptr<Pass> (*)(WeightStore &);
  for (Factory create :
       {createFoldBatchNorm, createSkipToConv, createPadPointwiseTo3x3,
        createMergeParallelBranches, createDropUnusedWeights,
        createVerifyTrainingForm, createVerifyInferenceForm})
    registerPass([&weights, create] { return create(weights); });
  registerPass(createFuseActivation);
  registerPass(createDecomposeSqueezeExcite);
  registerPass(createLowerPrecision);
  PassPipelineRegistration<>("reparameterize",
                             "From the training form to the inference form",
                             [&weights](OpPassManager &manager) {
                               populateReparameterize(manager, weights);
                             });
}
