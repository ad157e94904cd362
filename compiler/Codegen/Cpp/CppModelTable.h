//===- CppModelTable.h - model_abi.h's tables as C++ ---------- -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CPP_CPPMODELTABLE_H
#define MOBILEONE_CODEGEN_CPP_CPPMODELTABLE_H

#include "compiler/Codegen/ModelTables.h"

#include <string>

namespace mobileone {

/// The packed weights as tables mention them.
struct CppWeights {
  uint64_t bytes = 0;
  uint64_t id = 0;    ///< mobileone_model::weights_id.
  bool inside = true; ///< Part of the program, or supplied by the caller.
};

/// "x86-64-v4" -> "x86_64_v4": the namespace and folder of a program's kernels.
std::string cppLevelName(const Program &program);

/// The namespace of a program's kernels: "digits_kernels::x86_64_v4".
std::string cppKernelNamespace(const ModelTables &tables,
                               const Program &program);

/// The function and file of a kernel.
std::string cppKernelName(const KernelJob &job);

/// `<name>_kernels.h`: declares the kernels of all programs.
std::string printCppKernelDeclarations(const ModelTables &tables);

/// `<name>_model.cpp`: defines `const mobileone_model <name>`, with the content
/// that emitModelTables gives a library.
std::string printCppModelTable(const ModelTables &tables,
                               const CppWeights &weights);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CPP_CPPMODELTABLE_H
