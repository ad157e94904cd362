//===- Assembler.h - PTX to machine code by ptxas ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_GPU_ASSEMBLER_H
#define MOBILEONE_CODEGEN_GPU_ASSEMBLER_H

#include "compiler/Codegen/ModelTables.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// PTX assembled for one GPU.
struct Cubin {
  std::string bytes;
  std::map<std::string, KernelResources> kernels; ///< By entry.
};

/// The path of ptxas: on the PATH, or in $CUDA_HOME, by default
/// /usr/local/cuda. "" after a ToolMissing error.
std::string findAssembler(DiagnosticList &diagnostics);

/// Assembles `ptx` for each of `capabilities`, `parallel` at a time. Nothing
/// after an error: Unsupported for a capability that this ptxas does not know.
std::optional<std::vector<Cubin>>
assemble(const std::string &assembler, const std::string &ptx,
         const std::vector<uint32_t> &capabilities, unsigned parallel,
         DiagnosticList &diagnostics);

/// What `ptxas -v` says about kernels, by entry.
std::map<std::string, KernelResources>
parseAssemblerReport(const std::string &report);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_GPU_ASSEMBLER_H
