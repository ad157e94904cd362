//===- CppProjectFiles.h - What surrounds generated kernels --- -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CPP_CPPPROJECTFILES_H
#define MOBILEONE_CODEGEN_CPP_CPPPROJECTFILES_H

#include "compiler/Codegen/Cpp/CppModelTable.h"

#include <string>

namespace mobileone {

/// CMakeLists.txt: the target `<name>` with its kernels, each level with the
/// instruction set that it was made for, and the runtime.
std::string printCppBuild(const ModelTables &tables, const CppWeights &weights);

/// `<name>_weights.cpp`: has the assembler include `<name>_weights.bin`, for
/// ELF and Mach-O.
std::string printCppWeights(const ModelTables &tables);

std::string printCppReadme(const ModelTables &tables,
                           const CppWeights &weights);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CPP_CPPPROJECTFILES_H
