//===- BuildModel.h - From a spec to the training form ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_FRONTEND_BUILDMODEL_H
#define MOBILEONE_FRONTEND_BUILDMODEL_H

#include "compiler/Spec/ModelSpec.h"
#include "compiler/Weights/Checkpoint.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace mobileone {

/// Builds the training form of `spec`, which must be valid and have all
/// squeeze-excite widths that the weights decide: a module with one function,
///
///   func.func @<spec.name>(%image {mobileone.name = "input",
///                                  mobileone.layout = #mobileone<layout
///                                  nchw>})
///       -> (outputs, {mobileone.name = "logits"} each)
///
/// Outputs are in the order of `spec.heads`; those that are maps carry
/// `mobileone.layout` too. Layers of a checkpoint of the form Fused are single
/// convolutions with bias, without batch norm. Weights have their canonical
/// names (Checkpoint.h). Every location names a JSON path and a layer
/// (compiler/Dialect/Locations.h).
mlir::OwningOpRef<mlir::ModuleOp> buildModel(mlir::MLIRContext &context,
                                             const ModelSpec &spec,
                                             CheckpointForm form);

} // namespace mobileone

#endif // MOBILEONE_FRONTEND_BUILDMODEL_H
