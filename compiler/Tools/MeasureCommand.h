//===- MeasureCommand.h - What runs code for other machines -----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_MEASURECOMMAND_H
#define MOBILEONE_TOOLS_MEASURECOMMAND_H

#include "compiler/Support/Diagnostics.h"
#include "compiler/Target/Target.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace mobileone {

/// --runner and --measure-program, as they were given.
struct RunnerFlags {
  std::string runner, program;
};

void addRunnerFlags(CLI::App &verb, RunnerFlags &flags);

/// The words that run mobileone-measure on a machine for `target`: those of
/// --runner, or of an emulator where this machine is of another architecture,
/// then the program. Empty after reporting ToolMissing.
std::vector<std::string> measureCommand(const RunnerFlags &flags,
                                        const Target &target,
                                        DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_MEASURECOMMAND_H
