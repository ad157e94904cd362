//===- VerifyVerb.cpp - mobileonec verify ---------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Pipelines/PassRunner.h"
#include "compiler/Tools/CommandLine.h"
#include "compiler/Tools/Interruption.h"
#include "compiler/Tools/LocalExecution.h"
#include "compiler/Tools/MeasureCommand.h"
#include "compiler/Tools/ModelFlags.h"
#include "compiler/Tools/RemoteExecution.h"
#include "compiler/Tools/Verification.h"

#include <algorithm>
#include <fmt/format.h>

using namespace mobileone;

namespace {
struct VerifyFlags {
  ModelFlags model;
  RunnerFlags runner;
  std::string expect;
  uint64_t seed = 1;
  bool json = false;
};
} // namespace

using Commands = std::map<const Target *, std::vector<std::string>>;

/// What runs the code of each target, nothing where all run in this process.
/// Reports those that neither this machine nor an emulator runs.
static Commands commandsFor(const RunnerFlags &flags,
                            const CompileOptions &options,
                            DiagnosticList &diagnostics) {
  Commands commands;
  bool allRunHere =
      std::all_of(options.targets.begin(), options.targets.end(),
                  [](const Target *target) { return runsOnHost(*target); });
  if (allRunHere && flags.runner.empty())
    return commands;
  for (const Target *target : options.targets) {
    if (flags.runner.empty() && exceedsHost(*target))
      diagnostics.error(
          ErrorKind::Unsupported, "--target",
          fmt::format("this machine does not run code for {}", target->name),
          "'mobileonec targets' shows what it runs; reach another one with "
          "--runner");
    else
      commands[target] = measureCommand(flags, *target, diagnostics);
  }
  return commands;
}

static std::optional<Verification>
verifyHere(const VerifyFlags &flags, const CompileResult &compiled,
           const std::string &library, const ExpectedTensors &expected,
           Progress &progress, DiagnosticList &diagnostics) {
  std::optional<LoadedModel> loaded = LoadedModel::load(library, diagnostics);
  if (!loaded)
    return std::nullopt;
  LocalExecution execution(*loaded);
  return verify(compiled, execution, expected, flags.seed, progress,
                diagnostics);
}

static std::optional<Verification>
verifyElsewhere(const VerifyFlags &flags, const CompileResult &compiled,
                const std::string &library, const Commands &commands,
                const ExpectedTensors &expected, Progress &progress,
                DiagnosticList &diagnostics) {
  std::vector<const Target *> targets;
  std::vector<mlir::ModuleOp> modules;
  for (const PlannedModule &planned : compiled.planned) {
    targets.push_back(planned.target);
    modules.push_back(*planned.module);
  }
  std::optional<ModelTables> tables;
  collectDiagnostics(*compiled.context, diagnostics, [&] {
    tables = buildModelTables(compiled.spec->name, targets, modules);
  });
  if (!tables)
    return std::nullopt;
  RemoteExecution execution(std::move(*tables), library, commands);
  return verify(compiled, execution, expected, flags.seed, progress,
                diagnostics);
}

static std::optional<Verification>
compileAndVerify(const VerifyFlags &flags, CompileOptions options,
                 const Commands &commands, DiagnosticList &diagnostics) {
  ExpectedTensors expected;
  if (!flags.expect.empty()) {
    auto tensors = readExpectedTensors(flags.expect, diagnostics);
    if (!tensors)
      return std::nullopt;
    expected = std::move(*tensors);
  }
  TemporaryFolder folder;
  if (folder.path().empty()) {
    diagnostics.error(ErrorKind::BadInput, "TMPDIR",
                      "no temporary folder can be made",
                      "set TMPDIR to a folder that is yours and has space");
    return std::nullopt;
  }
  options.output = folder.path() + "/model";
  std::optional<CompileResult> compiled =
      compileWithProgress(options, flags.model.noProgress, diagnostics);
  if (!compiled)
    return std::nullopt;
  Progress progress(stderr, progressStyle(stderr, flags.model.noProgress));
  if (commands.empty())
    return verifyHere(flags, *compiled, options.output, expected, progress,
                      diagnostics);
  return verifyElsewhere(flags, *compiled, options.output, commands, expected,
                         progress, diagnostics);
}

static int runVerify(const VerifyFlags &flags) {
  DiagnosticList diagnostics;
  std::optional<CompileOptions> options =
      compileOptions(flags.model, diagnostics);
  Commands commands;
  if (options)
    commands = commandsFor(flags.runner, *options, diagnostics);
  if (diagnostics.hasErrors())
    return report(diagnostics);
  std::optional<Verification> result =
      compileAndVerify(flags, *options, commands, diagnostics);
  if (!result)
    return report(diagnostics);
  int status = printResult(flags.json ? verificationAsJson(*result)
                                      : verificationAsText(*result));
  reportDifferences(*result, diagnostics);
  return diagnostics.hasErrors() ? report(diagnostics) : status;
}

void mobileone::addVerifyVerb(CLI::App &app, VerbAction &action) {
  auto flags = std::make_shared<VerifyFlags>();
  CLI::App *verb = addVerb(
      app,
      {"verify", "Compare a compiled model with the reference, layer by layer",
       "SPEC (--weights FILE | --random-weights SEED)\n"
       "       --target T[,T2...] [options]",
       "Compiles the model, runs it, and compares what every kernel computed "
       "with a slow\nand simple interpreter in double, and the outputs with "
       "the network as trained.\nValues may differ by 1e-4 + 1e-3 of their "
       "size, in maps 1e-4 of the\nlargest, in f16 by 5e-3 and 1e-2. Exit code "
       "6 says that some do. Code for\narm64 runs in QEMU on other machines, "
       "that for Apple's systems as well.",
       "mobileonec verify model.json --weights model.safetensors --target "
       "host\n"
       "mobileonec verify model.json --weights model.safetensors \\\n"
       "    --target x86-64-v3,x86-64-v4 --expect io.safetensors"});
  addModelFlags(*verb, flags->model);
  verb->add_option("--expect", flags->expect,
                   "Also compare with these tensors: 'input', up to a\n"
                   "run's images, and any outputs, 'stem', 'stage1',\n"
                   "...; maps are NCHW, or as the spec has them")
      ->option_text("FILE.safetensors");
  addRunnerFlags(*verb, flags->runner);
  verb->add_option("--seed", flags->seed, "Of the random input")
      ->option_text("N (1)");
  verb->add_flag("--json", flags->json, "Print JSON");
  verb->callback(
      [flags, &action] { action = [flags] { return runVerify(*flags); }; });
}
