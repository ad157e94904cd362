//===- GpuProgram.h - The code of a program for GPUs ------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_GPU_GPUPROGRAM_H
#define MOBILEONE_CODEGEN_GPU_GPUPROGRAM_H

#include "compiler/Codegen/Gpu/Assembler.h"
#include "compiler/Codegen/Gpu/DeviceKernels.h"

namespace mobileone {

/// Gives the steps of `program` their launches and the program its codes:
/// text, and machine code for each of `capabilities`, which may be none. False
/// after an error.
bool completeGpuProgram(Program &program,
                        const std::vector<DeviceKernel> &kernels,
                        const std::vector<uint32_t> &capabilities,
                        unsigned parallel, DiagnosticList &diagnostics);

/// A text for each kernel of `program` whose threads have too few registers on
/// one of the GPUs that there is machine code for.
std::vector<std::string> spillWarnings(const Program &program);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_GPU_GPUPROGRAM_H
