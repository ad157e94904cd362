//===- PlanArena.cpp - Place activations in memory -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/ArenaPlanner.h"
#include "compiler/Planning/KernelRequests.h"
#include "compiler/Planning/Passes.h"

#include "llvm/Support/raw_ostream.h"

namespace mobileone {
#define GEN_PASS_DEF_PLANARENA
#include "compiler/Planning/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

/// A result of a kernel as a buffer of the arena: alive from its own step to
/// the last one that reads it.
static ArenaBuffer bufferOf(OpResult result,
                            const DenseMap<Operation *, int> &steps,
                            const schedules::Machine &machine) {
  auto kernel = cast<KernelOp>(result.getOwner());
  ArenaBuffer buffer;
  buffer.name = kernel.getName().str();
  if (result.getResultNumber() > 0)
    buffer.name += "#" + std::to_string(result.getResultNumber());
  buffer.bytes = bytesOf(operandOf(result, machine), imagesOf(result, machine));
  buffer.firstStep = buffer.lastStep = steps.lookup(kernel);
  for (Operation *user : result.getUsers())
    buffer.lastStep = std::max(buffer.lastStep, steps.lookup(user));
  return buffer;
}

namespace {

/// mobileone.kernel "stage1_0" (%0) { ... }
///   ->
/// mobileone.kernel "stage1_0" (%0)
///     attributes {borders = array<i64: 1>, offsets = array<i64: 4096>} { ... }
struct PlanArena : mobileone::impl::PlanArenaBase<PlanArena> {
  using PlanArenaBase::PlanArenaBase;

  void runOnOperation() override {
    int64_t bytes = 0;
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      std::optional<schedules::Machine> machine = machineOf(function);
      if (!machine) {
        function.emitError("has no target: run select-schedules first");
        return signalPassFailure();
      }
      bytes = std::max(bytes, plan(function, *machine));
    }
    getOperation()->setAttr(arenaBytesAttrName,
                            Builder(&getContext()).getI64IntegerAttr(bytes));
  }

  int64_t plan(func::FuncOp function, const schedules::Machine &machine);
};

} // namespace

int64_t PlanArena::plan(func::FuncOp function,
                        const schedules::Machine &machine) {
  auto kernels = llvm::to_vector(function.getOps<KernelOp>());
  DenseMap<Operation *, int> steps;
  for (KernelOp kernel : kernels)
    steps[kernel] = int(steps.size());
  std::vector<ArenaBuffer> buffers;
  for (KernelOp kernel : kernels)
    for (OpResult result : kernel->getResults())
      if (!isModelOutput(result))
        buffers.push_back(bufferOf(result, steps, machine));
  ArenaPlan arena = planArena(buffers);
  if (dump)
    llvm::errs() << dumpArenaPlan(buffers, arena);

  size_t next = 0;
  for (KernelOp kernel : kernels) {
    SmallVector<int64_t> borders, offsets;
    for (OpResult result : kernel->getResults()) {
      borders.push_back(borderOf(result, machine));
      offsets.push_back(isModelOutput(result) ? -1 : arena.offsets[next++]);
    }
    kernel.setBorders(borders);
    kernel.setOffsets(offsets);
  }
  return arena.bytes;
}
