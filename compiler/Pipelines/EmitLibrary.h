//===- EmitLibrary.h - From the planned form to files -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PIPELINES_EMITLIBRARY_H
#define MOBILEONE_PIPELINES_EMITLIBRARY_H

#include "compiler/Codegen/Manifest.h"
#include "compiler/Codegen/OutputFolder.h"
#include "compiler/Pipelines/Compile.h"

namespace mobileone {

/// Compiles the kernels of `tables` and writes the library, what goes with it,
/// and LLVM's forms of it, as far as `options.emit` asks for them. What users
/// should know of it is added to `warnings`. False after an error.
bool emitLibrary(const CompileOptions &options, const ModelTables &tables,
                 const std::vector<uint8_t> &packed, ManifestFacts facts,
                 const KernelProgress &progress, OutputFolder &folder,
                 std::vector<std::string> &warnings,
                 DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_PIPELINES_EMITLIBRARY_H
