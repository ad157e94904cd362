//===- Passes.h - From the training to the inference form -------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TRANSFORMS_PASSES_H
#define MOBILEONE_TRANSFORMS_PASSES_H

#include "compiler/Weights/WeightStore.h"

#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"

#include <memory>

namespace mobileone {

/// Each pass reads and adds weights in `weights`, which must outlive it. What
/// the passes do is described in Passes.td.
std::unique_ptr<mlir::Pass> createFoldBatchNorm(WeightStore &weights);
std::unique_ptr<mlir::Pass> createSkipToConv(WeightStore &weights);
std::unique_ptr<mlir::Pass> createPadPointwiseTo3x3(WeightStore &weights);
std::unique_ptr<mlir::Pass> createMergeParallelBranches(WeightStore &weights);
std::unique_ptr<mlir::Pass> createFuseActivation();
std::unique_ptr<mlir::Pass> createDecomposeSqueezeExcite();
std::unique_ptr<mlir::Pass> createLowerPrecision();
std::unique_ptr<mlir::Pass> createDropUnusedWeights(WeightStore &weights);
std::unique_ptr<mlir::Pass> createVerifyTrainingForm(WeightStore &weights);
std::unique_ptr<mlir::Pass> createVerifyInferenceForm(WeightStore &weights);

/// All of the above but drop-unused-weights, in order: from the training form,
/// which it checks, to the inference form, which it checks. Weights of the
/// network as trained stay in `weights`.
void populateReparameterize(mlir::OpPassManager &manager, WeightStore &weights);

/// Makes the passes, and the pipeline `reparameterize`, known to mlir-opt's
/// command line. `weights` must outlive every pass that it creates.
void registerTransformPasses(WeightStore &weights);

} // namespace mobileone

#endif // MOBILEONE_TRANSFORMS_PASSES_H
