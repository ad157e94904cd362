//===- ModelFlags.h - What to compile, for what -----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_MODELFLAGS_H
#define MOBILEONE_TOOLS_MODELFLAGS_H

#include "compiler/Pipelines/Compile.h"
#include "compiler/Tools/Progress.h"

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace mobileone {

/// The flags that `compile` and `verify` share, as they were given.
struct ModelFlags {
  std::string spec, weights, targets, schedules, minimumIos, precision;
  std::vector<std::string> recordFiles;
  std::optional<int64_t> batch;
  uint64_t seed = 0;
  bool hasSeed = false, noFusion = false, noCubin = false, noProgress = false;
};

void addModelFlags(CLI::App &verb, ModelFlags &flags);
/// --batch, for verbs that take a spec.
void addBatchFlag(CLI::App &verb, std::optional<int64_t> &batch);

/// Nothing after reporting what does not fit.
std::optional<CompileOptions> compileOptions(const ModelFlags &flags,
                                             DiagnosticList &diagnostics);

/// Compiles with progress on stderr. An interruption unwinds, so that the
/// output folder stays as it was.
std::optional<CompileResult> compileWithProgress(const CompileOptions &options,
                                                 bool noProgress,
                                                 DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_MODELFLAGS_H
