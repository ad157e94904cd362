//===- ModelFlags.cpp - Flags that say what to compile --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/ModelFlags.h"

#include "compiler/Spec/SpecLimits.h"
#include "compiler/Tools/Interruption.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace mobileone;

void mobileone::addBatchFlag(CLI::App &verb, std::optional<int64_t> &batch) {
  verb.add_option("--batch", batch, "Images of a run, instead of the spec's")
      ->check(CLI::Range(int64_t(1), limits::batch))
      ->option_text("N");
}

void mobileone::addModelFlags(CLI::App &verb, ModelFlags &flags) {
  verb.add_option("SPEC", flags.spec,
                  "The network: a JSON file or a built-in,\n"
                  "mobileone_s0 ... mobileone_s4")
      ->required();
  addBatchFlag(verb, flags.batch);
  CLI::Option *weights = verb.add_option("--weights", flags.weights,
                                         "Checkpoint, as trained or fused")
                             ->option_text("FILE.safetensors");
  verb.add_option_function<uint64_t>(
          "--random-weights",
          [&flags](uint64_t seed) {
            flags.seed = seed;
            flags.hasSeed = true;
          },
          "Instead: weights made from a number")
      ->option_text("SEED")
      ->excludes(weights);
  verb.add_option("--target", flags.targets,
                  "Machines; 'mobileonec targets' lists them")
      ->required()
      ->option_text("T[,T2...]");
  verb.add_option("--min-ios", flags.minimumIos,
                  "Oldest iOS that code for it runs on")
      ->option_text("X.Y (14.0)");
  verb.add_option("--precision", flags.precision,
                  "Of activations and weights: " +
                      fmt::format("{}", fmt::join(precisionNames(), ", ")))
      ->option_text("P (f32)");
  verb.add_option("--schedules", flags.schedules,
                  "Use another family of schedules, e.g. 'generic'")
      ->check(CLI::IsMember({"generic"}))
      ->option_text("FAMILY");
  verb.add_option("--schedules-from", flags.recordFiles,
                  "Tuned schedules that 'mobileonec tune' wrote")
      ->option_text("FILE");
  verb.add_flag("--no-fusion", flags.noFusion,
                "Make every operation a kernel of its own");
  verb.add_flag("--no-cubin", flags.noCubin,
                "For GPUs only PTX, which needs no ptxas");
  verb.add_flag("--no-progress", flags.noProgress,
                "Plain lines on stderr instead of a progress bar");
}

/// Applies --min-ios.
static void setMinimumIos(const std::string &version,
                          std::vector<const Target *> &targets,
                          DiagnosticList &diagnostics) {
  bool isUsed = false;
  for (const Target *&target : targets) {
    isUsed |= isForIos(*target);
    target = withMinimumIos(*target, version, diagnostics);
    if (!target)
      return;
  }
  if (!isUsed && !targets.empty())
    diagnostics.error(ErrorKind::Usage, "--min-ios",
                      "none of the targets is for iOS",
                      "'mobileonec targets' lists those that are");
}

static void setPrecision(const ModelFlags &flags, CompileOptions &options,
                         DiagnosticList &diagnostics) {
  if (flags.precision.empty())
    return;
  if (std::optional<Precision> precision = precisionOfName(flags.precision)) {
    options.precision = *precision;
    return;
  }
  diagnostics.error(ErrorKind::Usage, "--precision",
                    fmt::format("'{}' is none of {}",
                                escapeForDisplay(flags.precision),
                                fmt::join(precisionNames(), ", ")));
}

std::optional<CompileOptions>
mobileone::compileOptions(const ModelFlags &flags,
                          DiagnosticList &diagnostics) {
  CompileOptions options;
  options.spec = flags.spec;
  options.batch = flags.batch;
  options.weights = flags.weights;
  if (flags.hasSeed)
    options.randomSeed = flags.seed;
  else if (flags.weights.empty())
    diagnostics.error(ErrorKind::Usage, "--weights", "no weights",
                      "give --weights FILE.safetensors, or --random-weights "
                      "SEED where only speed matters");
  options.targets = findTargets(flags.targets, diagnostics);
  if (!flags.minimumIos.empty())
    setMinimumIos(flags.minimumIos, options.targets, diagnostics);
  options.fuse = !flags.noFusion;
  options.cubins = !flags.noCubin;
  setPrecision(flags, options, diagnostics);
  options.scheduleFamily = flags.schedules;
  options.recordFiles = flags.recordFiles;
  if (diagnostics.hasErrors())
    return std::nullopt;
  return options;
}

std::optional<CompileResult>
mobileone::compileWithProgress(const CompileOptions &options, bool noProgress,
                               DiagnosticList &diagnostics) {
  Progress progress(stderr, progressStyle(stderr, noProgress));
  UnwindOnInterruption unwind;
  std::optional<CompileResult> result = compile(
      options, diagnostics, [&](Phase phase, unsigned done, unsigned total) {
        throwIfInterrupted();
        progress.update(phaseName(phase), done, total, "");
      });
  // An interruption also ends child processes, which looks like an error.
  if (!result)
    throwIfInterrupted();
  progress.finish();
  if (result)
    for (const std::string &warning : result->warnings)
      fmt::print(stderr, "warning: {}\n", warning);
  return result;
}
