//===- VerifyPlannedForm.cpp - What code generation relies on -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/ArenaPlanner.h"
#include "compiler/Planning/KernelRequests.h"
#include "compiler/Planning/Passes.h"

namespace mobileone {
#define GEN_PASS_DEF_VERIFYPLANNEDFORM
#include "compiler/Planning/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

// That there is one of everything per weight and result, the op's own verifier
// checks.

static LogicalResult verifyWeights(KernelOp kernel) {
  std::optional<ArrayRef<int64_t>> offsets = kernel.getWeightOffsets();
  if (!offsets)
    return kernel.emitError("has no weight_offsets: run pack-weights first");
  for (int64_t offset : *offsets)
    if (offset < 0 || offset % arenaAlignment != 0)
      return kernel.emitError("weight offset ")
             << offset << " is not a multiple of " << arenaAlignment;
  return success();
}

static LogicalResult verifyMemory(KernelOp kernel,
                                  const schedules::Machine &machine) {
  std::optional<ArrayRef<int64_t>> offsets = kernel.getOffsets();
  std::optional<ArrayRef<int64_t>> borders = kernel.getBorders();
  if (!offsets || !borders)
    return kernel.emitError("has no offsets and borders: run plan-arena first");
  for (OpResult result : kernel->getResults()) {
    unsigned i = result.getResultNumber();
    if ((*borders)[i] != borderOf(result, machine))
      return kernel.emitError("result ")
             << i << " has a border of " << (*borders)[i]
             << ", its readers need " << borderOf(result, machine);
    if (((*offsets)[i] == -1) != isModelOutput(result))
      return kernel.emitError("result ")
             << i << " has offset " << (*offsets)[i] << " but is "
             << (isModelOutput(result) ? "" : "not ")
             << "a result of the model";
  }
  return success();
}

/// A result of the model lies in the caller's memory, once.
static LogicalResult verifyResults(func::FuncOp function) {
  Operation *end = function.getBody().front().getTerminator();
  for (auto [i, value] : llvm::enumerate(end->getOperands())) {
    if (!value.getDefiningOp<KernelOp>())
      return end->emitError("result ") << i << " does not come from a kernel";
    if (!value.hasOneUse())
      return end->emitError("result ")
             << i << " is read or returned a second time";
  }
  return success();
}

static LogicalResult verifyKernel(KernelOp kernel) {
  if (!plannedKernelOf(kernel) || failed(verifyWeights(kernel)))
    return failure();
  return verifyMemory(kernel, *machineOf(kernel));
}

/// The arena's buffers as plan-arena sees them, with the offsets in the IR.
static LogicalResult verifyArena(func::FuncOp function, int64_t bytes) {
  std::optional<schedules::Machine> machine = machineOf(function);
  DenseMap<Operation *, int> steps;
  for (auto kernel : function.getOps<KernelOp>())
    steps[kernel] = int(steps.size());
  std::vector<ArenaBuffer> buffers;
  ArenaPlan plan;
  plan.bytes = bytes;
  for (auto kernel : function.getOps<KernelOp>())
    for (OpResult result : kernel->getResults()) {
      if (isModelOutput(result))
        continue;
      ArenaBuffer buffer = {
          kernel.getName().str(),
          bytesOf(operandOf(result, *machine), imagesOf(result, *machine)),
          steps.lookup(kernel), steps.lookup(kernel)};
      for (Operation *user : result.getUsers())
        buffer.lastStep = std::max(buffer.lastStep, steps.lookup(user));
      buffers.push_back(buffer);
      plan.offsets.push_back((*kernel.getOffsets())[result.getResultNumber()]);
    }
  std::string problem = checkArenaPlan(buffers, plan);
  if (!problem.empty())
    return function.emitError("arena: ") << problem;
  return success();
}

static LogicalResult verifyFunction(func::FuncOp function) {
  auto bytes =
      function->getParentOp()->getAttrOfType<IntegerAttr>(arenaBytesAttrName);
  if (!bytes)
    return function.emitError("has no arena: run plan-arena first");
  for (Operation &op : function.getBody().front().without_terminator()) {
    auto kernel = dyn_cast<KernelOp>(op);
    if (!kernel)
      return op.emitError("is not in a kernel: run form-kernels first");
    if (failed(verifyKernel(kernel)))
      return failure();
  }
  if (failed(verifyResults(function)))
    return failure();
  return verifyArena(function, bytes.getInt());
}

namespace {

struct VerifyPlannedForm
    : mobileone::impl::VerifyPlannedFormBase<VerifyPlannedForm> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (failed(verifyFunction(function)))
        return signalPassFailure();
  }
};

} // namespace
