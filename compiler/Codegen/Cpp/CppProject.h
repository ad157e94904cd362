//===- CppProject.h - A model as a folder of C++ sources ------ -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CPP_CPPPROJECT_H
#define MOBILEONE_CODEGEN_CPP_CPPPROJECT_H

#include "compiler/Codegen/ModelTables.h"
#include "compiler/Codegen/OutputFolder.h"
#include "compiler/Support/Diagnostics.h"

#include <cstdint>
#include <vector>

namespace mobileone {

struct CppProjectOptions {
  /// Weights as a constant of the program, or in `<name>.weights.bin`.
  bool weightsInside = true;
  /// Kernels printed at a time; 0: one per hardware thread.
  unsigned parallel = 0;
};

/// Writes the model to the subfolder `cpp` of `folder`: sources that build with
/// nothing but a C++ compiler. Equal models give equal bytes. False after an
/// error.
/// \param packed the packed weights.
bool emitCppProject(const ModelTables &tables,
                    const std::vector<uint8_t> &packed,
                    const CppProjectOptions &options,
                    const KernelProgress &progress, OutputFolder &folder,
                    DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CPP_CPPPROJECT_H
