//===- KernelCounts.h - What each kernel executed ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_ESTIMATE_KERNELCOUNTS_H
#define MOBILEONE_ESTIMATE_KERNELCOUNTS_H

#include "compiler/Estimate/CodeImage.h"
#include "compiler/Estimate/OperationCounts.h"

#include <map>
#include <optional>
#include <string>

namespace mobileone {

/// What the functions of `image` executed, by their names. Reports BadInput
/// where nothing of it ran, or where what ran is no code that LLVM knows.
std::optional<std::map<std::string, OperationCounts>>
countByFunction(const BlockCounts &counts, const CodeImage &image,
                DiagnosticList &diagnostics);

/// What a whole program executed. `unknown` is the bytes of what ran and is no
/// code that LLVM knows. Reports BadInput for an unknown architecture.
std::optional<OperationCounts> countAll(const BlockCounts &counts,
                                        uint64_t &unknown,
                                        DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_ESTIMATE_KERNELCOUNTS_H
