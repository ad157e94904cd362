//===- VerifyForms.h - What the contracts of forms share --------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TRANSFORMS_VERIFYFORMS_H
#define MOBILEONE_TRANSFORMS_VERIFYFORMS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mobileone {

/// Emits an error for every function below `root` that is not one block that
/// starts with its only mobileone.read_input, and whatever errors
/// `verifyOperation` has for the operations in it: all, not the first.
mlir::LogicalResult verifyFunctions(
    mlir::Operation *root,
    llvm::function_ref<mlir::LogicalResult(mlir::Operation *)> verifyOperation);

} // namespace mobileone

#endif // MOBILEONE_TRANSFORMS_VERIFYFORMS_H
