//===- BarrierCost.h - What sharing a step costs ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_BARRIERCOST_H
#define MOBILEONE_TOOLS_BARRIERCOST_H

#include "compiler/Support/Diagnostics.h"

#include <optional>

namespace mobileone {

/// Microseconds from handing a step's tiles to `threads` threads, at least two,
/// until all have begun one and said that it is done: the time per step of a
/// model whose kernels only wait for each other. The best of many runs. Not for
/// several threads at a time.
std::optional<double> measureBarrier(unsigned threads,
                                     DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_BARRIERCOST_H
