//===- Interpreter.h - Runs the IR, slowly and obviously right --*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The oracle of the tests and of `mobileonec verify`: runs a function of any
// form, as trained, as inferred or as planned, in double.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_REFERENCE_INTERPRETER_H
#define MOBILEONE_REFERENCE_INTERPRETER_H

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Reference/ReferenceTensor.h"
#include "compiler/Support/Diagnostics.h"
#include "compiler/Weights/WeightStore.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <functional>
#include <optional>
#include <vector>

namespace mobileone {

/// Called after each operation with its results: operations inside of a kernel
/// first, then the kernel.
using Observer = std::function<void(mlir::Operation &,
                                    const std::vector<ReferenceTensor> &)>;

/// Runs `function` on `inputs`, one per argument and of its shape (u8 images as
/// their integer values). Returns what it returns. Reports as WeightsMismatch
/// weights that `weights` lacks or has in another shape, as BadInput inputs
/// that do not fit, as Unsupported operations that it does not know.
std::optional<std::vector<ReferenceTensor>>
interpret(mlir::func::FuncOp function, const WeightStore &weights,
          const std::vector<ReferenceTensor> &inputs,
          DiagnosticList &diagnostics, const Observer &observer = nullptr);

/// What `kernel` computes from `inputs`, whose number and shapes are those of
/// its operands; the weights that it names exist.
std::vector<ReferenceTensor>
interpretKernel(KernelOp kernel, const WeightStore &weights,
                std::vector<ReferenceTensor> inputs);

} // namespace mobileone

#endif // MOBILEONE_REFERENCE_INTERPRETER_H
