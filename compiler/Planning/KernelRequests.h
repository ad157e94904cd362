//===- KernelRequests.h - Kernels of the IR as requests -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the planning passes and code generation both derive from a
// `mobileone.kernel` op: the request that schedules answer, and the answer. All
// of it is a function of the IR, so it is computed where it is needed instead
// of being written down twice.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PLANNING_KERNELREQUESTS_H
#define MOBILEONE_PLANNING_KERNELREQUESTS_H

#include "compiler/Planning/Operands.h"
#include "schedules/Schedule.h"

#include "mlir/IR/BuiltinOps.h"

#include <optional>

namespace mobileone {

/// On a function's arguments and results: what the model's tables call them.
constexpr llvm::StringLiteral nameAttrName = "mobileone.name";
/// Attributes of a planned module.
constexpr llvm::StringLiteral targetAttrName = "mobileone.target";
constexpr llvm::StringLiteral familyAttrName = "mobileone.schedule_family";
constexpr llvm::StringLiteral arenaBytesAttrName = "mobileone.arena_bytes";

/// The machine that the module around `op` is planned for, or nothing if
/// select-schedules has not run or its target is not known.
std::optional<schedules::Machine> machineOf(mlir::Operation *op);

/// What `kernel` asks of a schedule; its `parameters` are those of the op.
schedules::KernelRequest requestOf(KernelOp kernel,
                                   const schedules::Machine &machine);

/// The weight that role `role` of `op` names; null for a convolution without
/// bias.
WeightAttr weightOf(mlir::Operation *op, schedules::WeightRole role);

/// A kernel with its schedule's decisions.
struct PlannedKernel {
  schedules::KernelRequest request;
  const schedules::Schedule *schedule = nullptr;
  schedules::KernelLayout layout;
};

/// The plan of a kernel that select-schedules has been through; nothing after
/// an error on the op, if its schedule does not exist or does not match.
std::optional<PlannedKernel> plannedKernelOf(KernelOp kernel);

/// Where the parameters of a kernel come from; Fixed: its schedule has none.
enum class Tuning { Fixed, Default, Tuned };

/// What select-schedules found for `kernel`.
Tuning tuningOf(KernelOp kernel);

/// "fixed", "default", "tuned".
const char *tuningName(Tuning tuning);

/// The layers that `ops` compute, as checkpoints name them:
/// "stage1.0+stage1.1". Empty where locations name none.
std::string layersOf(llvm::ArrayRef<mlir::Operation *> ops);

/// The operations of a kernel's body, in order, without the terminator.
llvm::SmallVector<mlir::Operation *> bodyOf(KernelOp kernel);

} // namespace mobileone

#endif // MOBILEONE_PLANNING_KERNELREQUESTS_H
