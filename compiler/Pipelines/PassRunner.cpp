//===- PassRunner.cpp - Passes whose errors become diagnostics -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Pipelines/PassRunner.h"

#include "compiler/Dialect/Locations.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/raw_ostream.h"

using namespace mobileone;

void mobileone::collectDiagnostics(mlir::MLIRContext &context,
                                   DiagnosticList &diagnostics,
                                   const std::function<void()> &work) {
  mlir::ScopedDiagnosticHandler handler(
      &context, [&](mlir::Diagnostic &diagnostic) {
        if (diagnostic.getSeverity() != mlir::DiagnosticSeverity::Error)
          return mlir::failure();
        diagnostics.error(ErrorKind::Internal,
                          jsonPathOf(diagnostic.getLocation()),
                          diagnostic.str());
        return mlir::success();
      });
  work();
}

bool mobileone::runPasses(
    mlir::ModuleOp module,
    const std::function<void(mlir::PassManager &)> &populate,
    DiagnosticList &diagnostics) {
  bool succeeded = false;
  collectDiagnostics(*module.getContext(), diagnostics, [&] {
    mlir::PassManager manager(module.getContext());
    populate(manager);
    succeeded = mlir::succeeded(manager.run(module));
  });
  if (!succeeded && !diagnostics.hasErrors())
    diagnostics.error(ErrorKind::Internal, module.getName().value_or("").str(),
                      "a pass failed without saying why");
  return succeeded;
}

std::string mobileone::printWithLocations(mlir::ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module->print(stream, mlir::OpPrintingFlags().enableDebugInfo(true));
  return text + "\n";
}
