//===- KernelResults.h - Results of single kernels --------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_KERNELRESULTS_H
#define MOBILEONE_TOOLS_KERNELRESULTS_H

#include "compiler/Reference/ReferenceTensor.h"
#include "compiler/Spec/ModelSpec.h"
#include "compiler/Support/Diagnostics.h"
#include "compiler/Tools/ModelExecution.h"
#include "compiler/Weights/WeightStore.h"

#include "mlir/IR/BuiltinOps.h"

#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// One result of a kernel, by the interpreter.
struct KernelResult {
  std::string kernel; ///< The kernel's name.
  ReferenceTensor tensor;
  /// The tensor is NCHW, else NHWC, or a vector, or sums per row [1, h, c].
  bool channelsFirst = false;
  /// "stem", "stage1", ... where the result is that stage's output.
  std::string stage;
};

/// What the interpreter says about the planned form.
struct InterpretedKernels {
  /// Each kernel's results, in the order of the steps.
  std::vector<std::vector<KernelResult>> kernels;
  std::vector<ReferenceTensor> outputs; ///< The model's.
};

/// `inputs` are the model's. Nothing after reporting an error.
std::optional<InterpretedKernels> interpretKernels(
    mlir::ModuleOp planned, const ModelSpec &spec, const WeightStore &weights,
    const std::vector<ReferenceTensor> &inputs, DiagnosticList &diagnostics);

/// The values that `step` left for its result number `result`, in the order of
/// `expected`. Empty after reporting an operand that is not what `expected`
/// says as Internal.
std::vector<double> readKernelResult(const ObservedStep &step, size_t result,
                                     const KernelResult &expected,
                                     DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_KERNELRESULTS_H
