//===- Passes.h - Planning passes -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From the inference form to the planned form.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PLANNING_PASSES_H
#define MOBILEONE_PLANNING_PASSES_H

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Planning/PackedWeights.h"
#include "compiler/Planning/TunedSchedules.h"
#include "compiler/Weights/WeightStore.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"

namespace mobileone {

#define GEN_PASS_DECL
#include "compiler/Planning/Passes.h.inc"

/// select-schedules with records of tuning, which outlive the pass; null: none.
std::unique_ptr<mlir::Pass>
createSelectSchedulesPass(const SelectSchedulesOptions &options,
                          TunedSchedules *tuned);

/// Packs the weights that kernels read into `packed`, as their schedules want
/// them, and writes their places into the kernels. Weights are read from
/// `weights` in double and rounded here, once. Both must outlive the pass.
std::unique_ptr<mlir::Pass> createPackWeightsPass(const WeightStore &weights,
                                                  PackedWeights &packed);

/// choose-accumulators with `weights`, which must outlive the pass.
std::unique_ptr<mlir::Pass>
createChooseAccumulatorsPass(const WeightStore &weights);

/// Makes the passes known to mlir-opt's command line. `weights` must outlive
/// every pass that it creates.
void registerPlanningPasses(const WeightStore &weights);

/// Adds the passes from the inference form to the planned form for `target`.
void buildPlanningPipeline(mlir::OpPassManager &manager,
                           const FormKernelsOptions &formKernels,
                           const SelectSchedulesOptions &selectSchedules,
                           TunedSchedules *tuned, const WeightStore &weights,
                           PackedWeights &packed);

} // namespace mobileone

#endif // MOBILEONE_PLANNING_PASSES_H
