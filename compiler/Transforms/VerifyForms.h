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

/// Emits an error unless `function` is one block that starts with its only
/// mobileone.read_input.
mlir::LogicalResult verifyReadsInputFirst(mlir::func::FuncOp function);

} // namespace mobileone

#endif // MOBILEONE_TRANSFORMS_VERIFYFORMS_H
