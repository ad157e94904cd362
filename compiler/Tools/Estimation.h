//===- Estimation.h - Estimates a model's speed on a core -------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_ESTIMATION_H
#define MOBILEONE_TOOLS_ESTIMATION_H

#include "compiler/Support/Diagnostics.h"
#include "compiler/Tools/EstimateReport.h"

#include <optional>
#include <string>

namespace mobileone {

/// Counts what the model in `path` executes and estimates what it takes on
/// `core`. Where this machine has the core's architecture and runs the program,
/// it is measured as well, for `seconds`, and the estimate is for the clock at
/// which this machine reaches its measured peak.
std::optional<EstimateReport> estimateModel(const std::string &path,
                                            const std::string &core,
                                            double seconds,
                                            DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_ESTIMATION_H
