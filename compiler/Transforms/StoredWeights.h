//===- StoredWeights.h - An operation's weights as numbers ------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TRANSFORMS_STOREDWEIGHTS_H
#define MOBILEONE_TRANSFORMS_STOREDWEIGHTS_H

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Support/BranchAlgebra.h"
#include "compiler/Weights/WeightStore.h"

namespace mobileone {

/// Emits an error for each weight that an operation in `root` names and that
/// `weights` lacks or has in another shape.
mlir::LogicalResult checkWeights(mlir::Operation *root,
                                 const WeightStore &weights);

/// The weights of `conv`; a missing bias is zeros.
ConvWeights readConv(ConvOp conv, const WeightStore &weights);

BatchNormWeights readBatchNorm(BatchNormOp norm, const WeightStore &weights);

/// The names of a convolution's weights.
struct ConvNames {
  WeightAttr filter, bias;
};

/// Adds `conv` as `<base>.weight` and `<base>.bias`, or, where these exist,
/// with a number after `base`.
ConvNames addConv(mlir::MLIRContext *context, WeightStore &weights,
                  llvm::StringRef base, const ConvWeights &conv);

/// `name` without ".weight" at its end.
llvm::StringRef withoutSuffix(WeightAttr weight);

} // namespace mobileone

#endif // MOBILEONE_TRANSFORMS_STOREDWEIGHTS_H
