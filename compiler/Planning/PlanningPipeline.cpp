//===- PlanningPipeline.cpp - From the inference form to the planned form -*-
// C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mobileone;

void mobileone::buildPlanningPipeline(
    mlir::OpPassManager &manager, const FormKernelsOptions &formKernels,
    const SelectSchedulesOptions &selectSchedules, TunedSchedules *tuned,
    const WeightStore &weights, PackedWeights &packed) {
  manager.addNestedPass<mlir::func::FuncOp>(createFormKernels(formKernels));
  // Schedules decide how weights are packed, and how large values are.
  manager.addPass(createSelectSchedulesPass(selectSchedules, tuned));
  manager.addPass(createPackWeightsPass(weights, packed));
  manager.addPass(createPlanArena());
  manager.addPass(createVerifyPlannedForm());
}

void mobileone::registerPlanningPasses(const WeightStore &weights) {
  using PassPointer = std::unique_ptr<mlir::Pass>;
  // mobileone-opt shows the IR only, so the blobs of all its passes may be one.
  static PackedWeights packed;
  mlir::registerPass([]() -> PassPointer { return createFormKernels(); });
  mlir::registerPass([&weights]() -> PassPointer {
    return createChooseAccumulatorsPass(weights);
  });
  mlir::registerPass([]() -> PassPointer { return createSelectSchedules(); });
  mlir::registerPass([&weights]() -> PassPointer {
    return createPackWeightsPass(weights, packed);
  });
  mlir::registerPass([]() -> PassPointer { return createPlanArena(); });
  mlir::registerPass([]() -> PassPointer { return createVerifyPlannedForm(); });
}
