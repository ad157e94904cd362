//===- DeviceKernels.h - Kernels to code for GPUs ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_GPU_DEVICEKERNELS_H
#define MOBILEONE_CODEGEN_GPU_DEVICEKERNELS_H

#include "compiler/Codegen/ModelTables.h"

namespace mobileone {

/// A kernel as a GPU has it.
struct DeviceKernel {
  std::string code; ///< PTX, or OpenCL C.
  /// What its steps do. Entries are named after the kernel and defined by
  /// `code`; arguments are numbers of the kernel's operands, or constants.
  std::vector<Launch> launches;
};

/// Compiles `jobs` as compileKernels does.
std::optional<std::vector<DeviceKernel>>
compileDeviceKernels(const std::vector<KernelJob> &jobs, unsigned parallel,
                     const KernelProgress &progress,
                     DiagnosticList &diagnostics);

/// Compiles `job` in this process. Throws what Halide throws, and
/// std::runtime_error where the result is more than launches.
DeviceKernel compileDeviceKernel(const KernelJob &job);

/// `codes`, texts that compileDeviceKernel made, as one.
std::string joinDeviceCode(const std::vector<std::string> &codes);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_GPU_DEVICEKERNELS_H
