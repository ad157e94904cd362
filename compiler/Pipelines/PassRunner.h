//===- PassRunner.h - Passes whose errors become diagnostics -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PIPELINES_PASSRUNNER_H
#define MOBILEONE_PIPELINES_PASSRUNNER_H

#include "compiler/Support/Diagnostics.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"

#include <functional>
#include <string>

namespace mobileone {

/// Runs what `populate` adds on `module`. What passes report on operations ends
/// up in `diagnostics` as Internal errors: the user's own mistakes are found
/// before there is IR. False after an error.
bool runPasses(mlir::ModuleOp module,
               const std::function<void(mlir::PassManager &)> &populate,
               DiagnosticList &diagnostics);

/// Calls `work`; what it emits on operations ends up in `diagnostics`.
void collectDiagnostics(mlir::MLIRContext &context, DiagnosticList &diagnostics,
                        const std::function<void()> &work);

/// `module` as text, with locations.
std::string printWithLocations(mlir::ModuleOp module);

} // namespace mobileone

#endif // MOBILEONE_PIPELINES_PASSRUNNER_H
