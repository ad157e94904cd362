//===- LoweredKernel.h - A lowered Halide kernel as C++ ------- -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CPP_LOWEREDKERNEL_H
#define MOBILEONE_CODEGEN_CPP_LOWEREDKERNEL_H

#include "compiler/Codegen/Cpp/KernelCpp.h"

#include "Halide.h"

#include <string>
#include <vector>

namespace mobileone {

/// What a printed kernel says beside its code.
struct LoweredKernelText {
  std::string comment; ///< Plain lines, without comment signs.
  /// One per argument; Halide's own names where there are none.
  std::vector<std::string> argumentNames;
};

/// The features that make Halide leave out what a printed kernel has no use
/// for: calls into its runtime, assertions, queries of bounds.
Halide::Target withoutHalideRuntime(Halide::Target target);

/// The source file of a kernel. Throws UnsupportedIr.
std::string printLoweredKernel(const Halide::Internal::LoweredFunc &kernel,
                               const CppKernelFrame &frame,
                               const LoweredKernelText &text);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CPP_LOWEREDKERNEL_H
