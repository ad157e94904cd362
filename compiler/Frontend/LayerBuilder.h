//===- LayerBuilder.h - The operations of a layer ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_FRONTEND_LAYERBUILDER_H
#define MOBILEONE_FRONTEND_LAYERBUILDER_H

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Spec/Layers.h"
#include "compiler/Weights/Checkpoint.h"

namespace mobileone {

/// Builds one MobileOne block of the paper: branches, their sum,
/// squeeze-excite, ReLU.
class LayerBuilder {
public:
  LayerBuilder(mlir::OpBuilder &builder, const ModelSpec &spec,
               CheckpointForm form)
      : builder(builder), form(form), batch(spec.input.batch),
        epsilon(spec.batchNormEpsilon) {}

  /// Returns the layer's activations.
  mlir::Value build(const LayerSpec &layer, mlir::Value input);

private:
  mlir::Value buildBranches(const LayerSpec &layer, mlir::Value input);
  mlir::Value buildFusedConv(const LayerSpec &layer, mlir::Value input);
  mlir::Value buildConvBranch(const LayerSpec &layer, mlir::Value input,
                              llvm::StringRef branch, int64_t kernel,
                              int64_t padding);
  mlir::Value buildBatchNorm(const LayerSpec &layer, mlir::Value input,
                             llvm::StringRef name);
  mlir::Value buildSqueezeExcite(const LayerSpec &layer, mlir::Value input);

  mlir::Location locationOf(const LayerSpec &layer);
  /// The weight `<layer>.<suffix>`.
  WeightAttr weight(const LayerSpec &layer, const llvm::Twine &suffix);
  mlir::RankedTensorType outputType(const LayerSpec &layer);

  mlir::OpBuilder &builder;
  CheckpointForm form;
  int64_t batch;
  double epsilon;
};

} // namespace mobileone

#endif // MOBILEONE_FRONTEND_LAYERBUILDER_H
