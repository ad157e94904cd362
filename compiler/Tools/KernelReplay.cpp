//===- KernelReplay.cpp - Kernels on what they really read ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/KernelReplay.h"

#include "compiler/Reference/Interpreter.h"

using namespace mobileone;

KernelReplay::KernelReplay(mlir::ModuleOp planned, const WeightStore &weights,
                           const std::vector<ReferenceTensor> &inputs)
    : weights(weights) {
  auto function = *planned.getOps<mlir::func::FuncOp>().begin();
  for (auto [argument, input] : llvm::zip(function.getArguments(), inputs))
    known[argument] = input;
  auto ops = function.getOps<KernelOp>();
  kernels.assign(ops.begin(), ops.end());
}

std::vector<ReferenceTensor> KernelReplay::interpret(size_t step) {
  std::vector<ReferenceTensor> inputs;
  for (mlir::Value input : kernels[step].getInputs())
    inputs.push_back(known.lookup(input));
  return interpretKernel(kernels[step], weights, std::move(inputs));
}

void KernelReplay::record(size_t step, size_t result,
                          std::vector<double> values) {
  mlir::Value value = kernels[step].getResult(result);
  auto type = llvm::cast<mlir::RankedTensorType>(value.getType());
  known[value] = {type.getShape().vec(), std::move(values)};
}
