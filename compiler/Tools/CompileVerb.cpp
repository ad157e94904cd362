//===- CompileVerb.cpp - mobileonec compile -------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/CommandLine.h"
#include "compiler/Tools/CompileReport.h"
#include "compiler/Tools/ModelFlags.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace mobileone;

namespace {
struct CompileFlags {
  ModelFlags model;
  std::string output, stopAfter, name;
  std::vector<std::string> emit;
  bool weightsFile = false, requireTuned = false, verbose = false, json = false;
};
} // namespace

/// The error for a value that is none of `names`.
static void reportUnknownName(const char *option, const std::string &value,
                              const std::vector<std::string> &names,
                              DiagnosticList &diagnostics) {
  std::string match = closestMatch(value, names);
  diagnostics.error(ErrorKind::Usage, option,
                    fmt::format("'{}' is none of {}", escapeForDisplay(value),
                                fmt::join(names, ", ")),
                    match.empty() ? ""
                                  : fmt::format("did you mean '{}'?", match));
}

static void setOutputs(const CompileFlags &flags, CompileOptions &options,
                       DiagnosticList &diagnostics) {
  options.output = flags.output;
  options.name = flags.name;
  options.weightsInFile = flags.weightsFile;
  options.requireTuned = flags.requireTuned;
  if (!flags.emit.empty())
    options.emit.clear();
  for (const std::string &name : flags.emit) {
    if (std::optional<Emit> emit = emitOfName(name))
      options.emit.insert(*emit);
    else
      reportUnknownName("--emit", name, emitNames(), diagnostics);
  }
  if (flags.stopAfter.empty())
    return;
  if (std::optional<Phase> phase = phaseOfName(flags.stopAfter))
    options.stopAfter = *phase;
  else
    reportUnknownName("--stop-after", flags.stopAfter, phaseNames(),
                      diagnostics);
}

static int runCompile(const CompileFlags &flags) {
  DiagnosticList diagnostics;
  std::optional<CompileOptions> options =
      compileOptions(flags.model, diagnostics);
  CompileOptions outputs = options.value_or(CompileOptions());
  setOutputs(flags, outputs, diagnostics);
  if (diagnostics.hasErrors())
    return report(diagnostics);
  std::optional<CompileResult> result =
      compileWithProgress(outputs, flags.model.noProgress, diagnostics);
  if (!result)
    return report(diagnostics);
  if (flags.json)
    return printResult(compileReportAsJson(outputs, *result));
  std::fputs(compileTimesAsText(*result).c_str(), stderr);
  return printResult(compileReportAsText(outputs, *result, flags.verbose));
}

static void addFlags(CLI::App &verb, CompileFlags &flags) {
  addModelFlags(verb, flags.model);
  verb.add_option("-o,--output", flags.output, "Folder to write to")
      ->required()
      ->option_text("DIR");
  verb.add_option("--emit", flags.emit,
                  "What to write: " +
                      fmt::format("{}", fmt::join(emitNames(), ", ")))
      ->delimiter(',')
      ->option_text("KIND[,...]");
  verb.add_option("--stop-after", flags.stopAfter,
                  "Last: " + fmt::format("{}", fmt::join(phaseNames(), ", ")))
      ->option_text("PHASE");
  verb.add_option("--name", flags.name,
                  "Name of symbol and files instead of the spec's")
      ->option_text("NAME");
  verb.add_flag("--weights-file", flags.weightsFile,
                "Weights in a file of their own that the app maps");
  verb.add_flag("--require-tuned", flags.requireTuned,
                "Fail where a kernel has no tuned schedule");
  verb.add_flag("--verbose", flags.verbose, "Also list every merged layer");
  verb.add_flag("--json", flags.json, "Print JSON");
}

void mobileone::addCompileVerb(CLI::App &app, VerbAction &action) {
  auto flags = std::make_shared<CompileFlags>();
  CLI::App *verb = addVerb(
      app,
      {"compile", "Compile a model to a static library with a header",
       "SPEC (--weights FILE | --random-weights SEED)\n"
       "       --target T[,T2...] -o DIR [options]",
       "Merges the branches of the network as trained, fuses what follows, "
       "and writes\na library, its C header, a manifest and files for CMake "
       "and pkg-config to DIR.",
       "mobileonec compile model.json --weights model.safetensors \\\n"
       "    --target x86-64-v3,x86-64-v4 -o build/model\n"
       "cc app.c -Ibuild/model build/model/libmodel.a -lmobileone_runtime -lm "
       "-pthread"});
  addFlags(*verb, *flags);
  verb->callback(
      [flags, &action] { action = [flags] { return runCompile(*flags); }; });
}
