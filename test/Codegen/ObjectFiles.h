//===- ObjectFiles.h - Object files for tests -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_CODEGEN_OBJECTFILES_H
#define MOBILEONE_TEST_CODEGEN_OBJECTFILES_H

#include "compiler/Codegen/LibraryModule.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/Support/SourceMgr.h"
#include "gtest/gtest.h"

namespace mobileone {

/// LLVM's text `source` as an object file for `triple`.
inline std::string makeObject(const std::string &source,
                              const std::string &triple) {
  DiagnosticList diagnostics;
  Target target;
  target.name = "test";
  target.triple = triple;
  std::unique_ptr<llvm::TargetMachine> machine =
      createTargetMachine(target, diagnostics);
  llvm::LLVMContext context;
  llvm::SMDiagnostic error;
  std::unique_ptr<llvm::Module> module =
      llvm::parseAssemblyString(source, error, context);
  if (!machine || !module) {
    ADD_FAILURE() << diagnostics.str() << error.getMessage().str();
    return "";
  }
  module->setTargetTriple(machine->getTargetTriple());
  module->setDataLayout(machine->createDataLayout());
  return emitMachineCode(*module, *machine, /*assembly=*/false, diagnostics)
      .value_or("");
}

} // namespace mobileone

#endif // MOBILEONE_TEST_CODEGEN_OBJECTFILES_H
