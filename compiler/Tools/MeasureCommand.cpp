//===- MeasureCommand.cpp - What runs code for other machines -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/MeasureCommand.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>

using namespace mobileone;

void mobileone::addRunnerFlags(CLI::App &verb, RunnerFlags &flags) {
  verb.add_option("--runner", flags.runner,
                  "Command that runs mobileone-measure elsewhere")
      ->option_text("CMD");
  verb.add_option("--measure-program", flags.program,
                  "Its path there, built for that machine")
      ->option_text("PATH");
}

static bool isOfHostArchitecture(const Target &target) {
  return llvm::Triple(target.triple).getArch() ==
         llvm::Triple(llvm::sys::getProcessTriple()).getArch();
}

/// "aarch64", as QEMU and Debian's packages have it.
static std::string architectureOf(const Target &target) {
  return llvm::Triple::getArchTypeName(llvm::Triple(target.triple).getArch())
      .str();
}

/// mobileone-measure, which is built beside this program.
static std::string builtProgram(const Target &target) {
  static int here;
  std::filesystem::path self = llvm::sys::fs::getMainExecutable(nullptr, &here);
  std::string name = "mobileone-measure";
  if (!isOfHostArchitecture(target))
    name += "-" + architectureOf(target);
  return self.parent_path() / name;
}

/// The words of an emulator, with the libraries that programs need there.
static std::vector<std::string> emulatorFor(const Target &target,
                                            DiagnosticList &diagnostics) {
  std::string architecture = architectureOf(target),
              name = "qemu-" + architecture,
              libraries = "/usr/" + architecture + "-linux-gnu";
  if (!llvm::sys::findProgramByName(name))
    diagnostics.error(ErrorKind::ToolMissing, name,
                      "is not on the PATH; it runs code for " + target.name +
                          " here",
                      "install qemu-user, or reach a machine with --runner");
  if (std::getenv("QEMU_LD_PREFIX"))
    return {name};
  return {name, "-L", libraries};
}

std::vector<std::string>
mobileone::measureCommand(const RunnerFlags &flags, const Target &target,
                          DiagnosticList &diagnostics) {
  std::vector<std::string> command;
  if (!flags.runner.empty()) {
    llvm::BumpPtrAllocator allocator;
    llvm::StringSaver saver(allocator);
    llvm::SmallVector<const char *> words;
    // Quotes as a shell has them.
    llvm::cl::TokenizeGNUCommandLine(flags.runner, saver, words);
    command.assign(words.begin(), words.end());
  } else if (!isOfHostArchitecture(target)) {
    command = emulatorFor(target, diagnostics);
  }
  std::string program =
      flags.program.empty() ? builtProgram(target) : flags.program;
  if (flags.program.empty() && !std::filesystem::exists(program))
    diagnostics.error(
        ErrorKind::ToolMissing, program, "does not exist",
        fmt::format("build the target {}{}, or name one with "
                    "--measure-program",
                    std::filesystem::path(program).filename().string(),
                    isOfHostArchitecture(target)
                        ? ""
                        : " (it needs g++-" + architectureOf(target) +
                              "-linux-gnu)"));
  command.push_back(program);
  return diagnostics.hasErrors() ? std::vector<std::string>() : command;
}
