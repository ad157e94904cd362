//===- CountedRun.h - Counts what a model executes --------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_COUNTEDRUN_H
#define MOBILEONE_TOOLS_COUNTEDRUN_H

#include "compiler/Estimate/ModelPlan.h"
#include "compiler/Estimate/OperationCounts.h"
#include "compiler/Support/Diagnostics.h"

#include <map>
#include <optional>
#include <string>

namespace mobileone {

/// A model and what one run of it executes, by function.
struct CountedRun {
  ModelPlan plan;
  std::map<std::string, OperationCounts> functions;
};

/// Runs the model in `path`, a folder or a library that is for `architecture`
/// as QEMU calls it, once in QEMU. Reports Unsupported where it is another
/// machine's, ToolMissing, BadInput.
std::optional<CountedRun> countRun(const std::string &path,
                                   const std::string &architecture,
                                   DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_COUNTEDRUN_H
