//===- KernelObjects.h - Kernels as object files of their own ---*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_KERNELOBJECTS_H
#define MOBILEONE_CODEGEN_KERNELOBJECTS_H

#include "compiler/Codegen/KernelCompiler.h"
#include "compiler/Target/Target.h"

namespace mobileone {

/// A kernel's ELF object, whose only symbol, `<symbol>_argv`, stays within the
/// library that it is linked into; or why there is none.
struct KernelObject {
  std::string object;
  std::string problem;
};

/// Compiles `jobs` for `target`, each in a process that may take `limit`
/// seconds, `parallel` at a time. Nobody but their caller should run: what a
/// processor compiles disturbs what another one measures.
std::vector<KernelObject>
compileKernelObjects(const std::vector<KernelJob> &jobs, const Target &target,
                     unsigned parallel, unsigned limit,
                     const KernelProgress &progress);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_KERNELOBJECTS_H
