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

using namespace mobileone;

void mobileone::buildPlanningPipeline(
    mlir::OpPassManager &manager, const FormKernelsOptions &formKernels,
    const SelectSchedulesOptions &selectSchedules, const WeightStore &weights,
    PackedWeights &packed) {
  manager.addNestedPass<mlir::func::FuncOp>(createFormKernels(formKernels));
  // Schedules decide how weights are packed, and how large values are.
  manager.addPass(createSelectSchedules(selectSchedules));
  manager.addPass(createPackWeightsPass(weights, packed));
  manager.addPass(createPlanArena());
  manager.addPass(createVerifyPlannedForm());
}
