//===- CommandLine.h - Verbs, flags, help, exit codes -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_COMMANDLINE_H
#define MOBILEONE_TOOLS_COMMANDLINE_H

#include "compiler/Support/Diagnostics.h"
#include "compiler/Tools/Verbs.h"

#include <CLI/CLI.hpp>
#include <string>

namespace mobileone {

/// Parses the command line and does what it says. Returns the exit code: 0 or
/// an ErrorKind.
int runCommandLine(int argc, const char *const *argv);

/// How a verb is added: `usage` follows "Usage: mobileonec VERB", `example`
/// holds complete command lines, one a line.
struct VerbHelp {
  std::string name, summary, usage, description, example;
};
CLI::App *addVerb(CLI::App &app, const VerbHelp &help);

/// Prints all errors to stderr; returns the exit code.
int report(const DiagnosticList &diagnostics);

/// Writes `text` to stdout and flushes it, so that a full disk behind a pipe is
/// an error and not a silent loss. Returns the exit code.
int printResult(const std::string &text);

/// The versions of mobileonec, LLVM and Halide, one a line.
std::string versionText();

} // namespace mobileone

#endif // MOBILEONE_TOOLS_COMMANDLINE_H
