//===- LibraryModule.h - A model as one LLVM module -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Links all kernels of all levels, the tables and the weights into one module
// in which everything is internal but the model's table. Each kernel's
// functions carry the cpu and features of their own level.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_LIBRARYMODULE_H
#define MOBILEONE_CODEGEN_LIBRARYMODULE_H

#include "compiler/Codegen/ModelTables.h"

#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// The packed weights of a model, and whether the library holds them.
struct LibraryWeights {
  const std::vector<uint8_t> *bytes = nullptr;
  uint64_t id = 0; ///< mobileone_model::weights_id.
  bool inside = true;
};

/// A target machine for `target`'s triple. Null after an Unsupported error, if
/// this LLVM cannot generate code for it.
std::unique_ptr<llvm::TargetMachine>
createTargetMachine(const Target &target, DiagnosticList &diagnostics);

/// Links `bitcode`, for every program of `tables` that of its kernels, none for
/// those of GPUs, and the tables. Weights that are to be inside are declared as
/// `mobileone.weights`, without their content, so that the module can be read:
/// see embedWeights. Null after an error.
std::unique_ptr<llvm::Module>
buildLibraryModule(const ModelTables &tables,
                   const std::vector<std::vector<std::string>> &bitcode,
                   const LibraryWeights &weights,
                   const llvm::TargetMachine &machine,
                   llvm::LLVMContext &context, DiagnosticList &diagnostics);

/// Gives the declaration of the weights, if there is one, its content.
void embedWeights(llvm::Module &module, const LibraryWeights &weights);

/// `module` as an object file or, with `assembly`, as text.
std::optional<std::string> emitMachineCode(llvm::Module &module,
                                           llvm::TargetMachine &machine,
                                           bool assembly,
                                           DiagnosticList &diagnostics);

/// `module` as LLVM's text.
std::string printModule(const llvm::Module &module);

/// The functions that `module` calls but does not define and that are not on
/// the list of what a library may need (memcpy, memset, maths), sorted.
std::vector<std::string> unexpectedSymbols(const llvm::Module &module);

/// One kernel of a target as a module: `<symbol>_argv` is hidden, all else
/// internal. Null after errors.
std::unique_ptr<llvm::Module>
buildKernelModule(const KernelJob &job, const std::string &bitcode,
                  const Target &target, const llvm::TargetMachine &machine,
                  llvm::LLVMContext &context, DiagnosticList &diagnostics);

/// The tables of models whose kernels are elsewhere, in objects that
/// buildKernelModule made; the models are visible under their names. They share
/// `weights`, whose content is given to the module as well, or which are the
/// caller's.
std::unique_ptr<llvm::Module> buildTablesModule(
    const std::vector<ModelTables> &models, const LibraryWeights &weights,
    const llvm::TargetMachine &machine, llvm::LLVMContext &context);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_LIBRARYMODULE_H
