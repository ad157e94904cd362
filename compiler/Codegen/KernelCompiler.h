//===- KernelCompiler.h - Kernels to LLVM bitcode -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Halide's only door. Every kernel is built in a child process of its own:
// Halide numbers its symbols with counters of the process, so only a fresh one
// gives the same bytes every time; children run at the same time; and one that
// crashes becomes an error message.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_KERNELCOMPILER_H
#define MOBILEONE_CODEGEN_KERNELCOMPILER_H

#include "compiler/Codegen/ChildProcesses.h"
#include "compiler/Support/Diagnostics.h"
#include "schedules/Schedule.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// One kernel to build.
struct KernelJob {
  schedules::KernelRequest request;
  const schedules::Schedule *schedule = nullptr;
  schedules::KernelLayout layout;
  /// The function's name. `<symbol>_argv` has the type mobileone_kernel.
  std::string symbol;
};

/// Called with the number of kernels that are done.
using KernelProgress = std::function<void(unsigned done)>;

/// Compiles `jobs`, `parallel` at a time (0: one per hardware thread). The
/// result's elements are the jobs' LLVM bitcode. Nothing after an error.
std::optional<std::vector<std::string>>
compileKernels(const std::vector<KernelJob> &jobs, unsigned parallel,
               const KernelProgress &progress, DiagnosticList &diagnostics);

/// Moves what children made of `jobs` to `outputs`. False after reporting those
/// that failed.
bool collectKernels(const std::vector<KernelJob> &jobs,
                    std::vector<ChildResult> results,
                    std::vector<std::string> &outputs,
                    DiagnosticList &diagnostics);

/// Compiles `job` in this process, to the file `path`; what went wrong, or "".
std::string writeKernelBitcode(const KernelJob &job, const std::string &path);

/// "21.0.0".
std::string halideVersion();

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_KERNELCOMPILER_H
