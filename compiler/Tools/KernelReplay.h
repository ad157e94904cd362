//===- KernelReplay.h - Kernels on what they really read --------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Interprets each kernel of the planned form on the values that the compiled
// kernels before it left in memory. So a difference is that kernel's own:
// rounding to half precision earlier in the network, which a deep network may
// amplify without limit, is part of the inputs.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_KERNELREPLAY_H
#define MOBILEONE_TOOLS_KERNELREPLAY_H

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Reference/ReferenceTensor.h"
#include "compiler/Weights/WeightStore.h"

#include "mlir/IR/BuiltinOps.h"

#include <vector>

namespace mobileone {

class KernelReplay {
public:
  /// \param inputs the model's.
  KernelReplay(mlir::ModuleOp planned, const WeightStore &weights,
               const std::vector<ReferenceTensor> &inputs);

  /// What the kernel of step `step` computes; the results of all steps before
  /// must be recorded.
  std::vector<ReferenceTensor> interpret(size_t step);

  /// Result number `result` of step `step` is `values`.
  void record(size_t step, size_t result, std::vector<double> values);

private:
  const WeightStore &weights;
  std::vector<KernelOp> kernels;
  llvm::DenseMap<mlir::Value, ReferenceTensor> known;
};

} // namespace mobileone

#endif // MOBILEONE_TOOLS_KERNELREPLAY_H
