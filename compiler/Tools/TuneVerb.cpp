//===- TuneVerb.cpp - The verb tune ---------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/CommandLine.h"
#include "compiler/Tools/Interruption.h"
#include "compiler/Tools/MeasureCommand.h"
#include "compiler/Tools/Progress.h"
#include "compiler/Tools/TuneElsewhere.h"
#include "compiler/Tools/TuneReport.h"
#include "compiler/Tools/TuneSample.h"

#include "llvm/TargetParser/Triple.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace mobileone;

namespace {
struct TuneFlags {
  std::vector<std::string> specs, merge;
  std::string target = "host", precision = "f32", output, budget = "10m",
              appFolder, importedLog;
  size_t candidates = 24;
  RunnerFlags runner;
  uint64_t seed = 1;
  unsigned threads = 1, limit = 60, jobs = 0;
  bool dryRun = false, noProgress = false, json = false;

  /// Whether candidates run now, here or through a runner.
  bool measures() const {
    return !dryRun && appFolder.empty() && importedLog.empty();
  }
};
} // namespace

/// "90", "90s", "10m", "2h" in seconds.
static std::optional<double> parseDuration(const std::string &text) {
  size_t end = 0;
  double number = 0;
  try {
    number = std::stod(text, &end);
  } catch (const std::exception &) {
    return std::nullopt;
  }
  std::string unit = text.substr(end);
  double factor = unit.empty() || unit == "s" ? 1
                  : unit == "m"               ? 60
                  : unit == "h"               ? 3600
                                              : 0;
  // Not a number, and none below zero.
  if (!(number * factor > 0 && number < 1e9))
    return std::nullopt;
  return number * factor;
}

/// What is estimated instead of measured: the core of a target that neither
/// this machine nor a runner runs; or null.
static const PortModel *estimatedCore(const TuneFlags &flags,
                                      const Target &target) {
  bool isReached = !flags.runner.runner.empty() || runsOnHost(target);
  return isReached || !flags.measures() ? nullptr : coreOfTarget(target);
}

/// Reports a device that is out of reach.
static void checkReach(const TuneFlags &flags, const Target &target,
                       DiagnosticList &diagnostics) {
  bool hasRunner = !flags.runner.runner.empty();
  if (isGpu(target))
    diagnostics.error(ErrorKind::Unsupported, "--target",
                      "there is nothing to tune for " + target.name,
                      "its schedules choose by a model of the GPU");
  else if (hasRunner && llvm::Triple(target.triple).isOSDarwin())
    diagnostics.error(ErrorKind::Unsupported, "--runner",
                      "Apple's systems load nothing that comes at run time",
                      "measure with a program that --emit-app writes");
  else if (!hasRunner && !runsOnHost(target) && !coreOfTarget(target))
    diagnostics.error(ErrorKind::Unsupported, "--target",
                      "this machine does not run code for " + target.name,
                      "reach one that does with --runner, or with a program "
                      "that --emit-app writes");
}

static std::optional<TuneOptions> tuneOptions(const TuneFlags &flags,
                                              DiagnosticList &diagnostics) {
  TuneOptions options;
  options.specs = flags.specs;
  options.seed = flags.seed;
  options.output = flags.output;
  options.runner = flags.runner.runner;
  options.measure.target = findTarget(flags.target, diagnostics);
  options.measure.threads = flags.threads;
  options.measure.limit = flags.limit;
  options.measure.jobs = flags.jobs;
  if (std::optional<double> budget = parseDuration(flags.budget))
    options.budget = *budget;
  else
    diagnostics.error(
        ErrorKind::Usage, "--budget",
        fmt::format("'{}' is no duration", escapeForDisplay(flags.budget)),
        "write 90s, 10m or 2h");
  if (std::optional<Precision> precision = precisionOfName(flags.precision))
    options.precision = *precision;
  else
    diagnostics.error(ErrorKind::Usage, "--precision",
                      fmt::format("'{}' is none of {}",
                                  escapeForDisplay(flags.precision),
                                  fmt::join(precisionNames(), ", ")));
  if (flags.specs.empty())
    diagnostics.error(ErrorKind::Usage, "mobileonec tune", "no SPEC",
                      "name at least one network");
  if (flags.output.empty() && (flags.measures() || !flags.importedLog.empty()))
    diagnostics.error(ErrorKind::Usage, "mobileonec tune", "no -o FILE",
                      "say where the records go, or look at the space with "
                      "--dry-run");
  if (options.measure.target && flags.measures())
    checkReach(flags, *options.measure.target, diagnostics);
  if (options.measure.target && flags.measures() &&
      !estimatedCore(flags, *options.measure.target))
    options.measure.command =
        measureCommand(flags.runner, *options.measure.target, diagnostics);
  if (diagnostics.hasErrors())
    return std::nullopt;
  return options;
}

static int runDryRun(const TuneFlags &flags, const TuneOptions &options,
                     DiagnosticList &diagnostics) {
  auto networks = tuningSpace(options, diagnostics);
  if (!networks)
    return report(diagnostics);
  return printResult(flags.json ? tuningSpaceAsJson(*networks)
                                : tuningSpaceAsText(*networks));
}

static int runMerge(const TuneFlags &flags) {
  DiagnosticList diagnostics;
  if (flags.output.empty())
    diagnostics.error(ErrorKind::Usage, "--merge", "no -o FILE",
                      "say where the merged records go");
  std::vector<ScheduleRecords> files;
  for (const std::string &path : flags.merge)
    if (std::optional<ScheduleRecords> records =
            loadScheduleRecords(path, diagnostics))
      files.push_back(std::move(*records));
  if (diagnostics.hasErrors())
    return report(diagnostics);
  std::optional<ScheduleRecords> merged =
      mergeScheduleRecords(files, diagnostics);
  if (!merged || !writeScheduleRecords(flags.output, *merged, diagnostics))
    return report(diagnostics);
  auto estimates = std::count_if(
      merged->records.begin(), merged->records.end(),
      [](const ScheduleRecord &record) { return record.isEstimate(); });
  return printResult(fmt::format(
      "{}: {} records for {}{}\n", flags.output, merged->records.size(),
      merged->target,
      estimates ? fmt::format(", {} of them estimates", estimates) : ""));
}

/// What the bar says: "5.294 -> 5.120 ms".
static std::string
bestSoFar(const std::vector<std::unique_ptr<NetworkTuner>> &networks) {
  double standard = 0, best = 0;
  for (const std::unique_ptr<NetworkTuner> &network : networks) {
    standard += network->standardTime();
    best += network->bestTime();
  }
  return standard > 0
             ? fmt::format("{:.3f} -> {:.3f} ms", standard / 1e3, best / 1e3)
             : "";
}

static std::optional<TuneResult> tuneWithProgress(const TuneFlags &flags,
                                                  const TuneOptions &options,
                                                  DiagnosticList &diagnostics) {
  Progress progress(stderr, progressStyle(stderr, flags.noProgress));
  UnwindOnInterruption unwind;
  auto makeSample = [&](const CompileResult &compiled, DiagnosticList &list) {
    return makeTuneSample(compiled, options.seed, list);
  };
  std::optional<TuneResult> result = tune(
      options, makeSample,
      [&](const std::string &phase, double elapsed, const auto &networks) {
        throwIfInterrupted();
        bool isTuning = phase == "tune";
        progress.update(phase, isTuning ? size_t(elapsed) : 0,
                        isTuning ? size_t(options.budget) : 0,
                        bestSoFar(networks));
      },
      diagnostics);
  // An interruption also ends child processes, which looks like an error.
  if (!result)
    throwIfInterrupted();
  return result;
}

static int runTune(const TuneFlags &flags) {
  if (!flags.merge.empty())
    return runMerge(flags);
  DiagnosticList diagnostics;
  std::optional<TuneOptions> options = tuneOptions(flags, diagnostics);
  if (!options)
    return report(diagnostics);
  if (flags.dryRun)
    return runDryRun(flags, *options, diagnostics);
  TuneOutputStyle style = {flags.noProgress, flags.json};
  if (!flags.appFolder.empty())
    return emitApp(*options, {flags.appFolder, flags.candidates}, style);
  if (!flags.importedLog.empty())
    return importLog(*options, flags.importedLog, style);
  if (const PortModel *core = estimatedCore(flags, *options->measure.target))
    return estimate(*options, *core, style);
  TemporaryFolder folder;
  options->measure.folder = folder.path();
  std::optional<TuneResult> result;
  try {
    result = tuneWithProgress(flags, *options, diagnostics);
  } catch (const Interrupted &) {
    fmt::print(stderr,
               "interrupted; {} holds what was found, and the same "
               "command goes on\n",
               tuneLogPath(options->output));
    throw;
  }
  if (!result)
    return report(diagnostics);
  return printResult(flags.json ? tuneReportAsJson(*options, *result)
                                : tuneReportAsText(*options, *result));
}

static void addFlags(CLI::App &verb, TuneFlags &flags) {
  verb.add_option("SPEC", flags.specs, "Networks: JSON files or built-ins");
  verb.add_option("--target", flags.target,
                  "Machine; 'mobileonec targets' lists them")
      ->option_text("T (host)");
  verb.add_option("--precision", flags.precision,
                  fmt::format("Of activations and weights: {}",
                              fmt::join(precisionNames(), ", ")))
      ->option_text("P (f32)");
  verb.add_option("-o,--output", flags.output,
                  "Records to make or to extend; the log lies beside it")
      ->option_text("FILE.json");
  verb.add_option("--budget", flags.budget,
                  "Time, that of interrupted calls included")
      ->option_text("TIME (10m)");
  verb.add_option("--threads", flags.threads, "Threads that compute")
      ->check(CLI::Range(1u, 1024u))
      ->option_text("N (1)");
  addRunnerFlags(verb, flags.runner);
  verb.add_option("--time-limit", flags.limit,
                  "Seconds until a candidate is given up")
      ->check(CLI::Range(1u, 86400u))
      ->option_text("S (60)");
  verb.add_option("--jobs", flags.jobs,
                  "Kernels compiled at a time; nothing is measured then")
      ->option_text("N (processors)");
  verb.add_option("--random-weights", flags.seed,
                  "Of weights and inputs, which do not matter")
      ->option_text("SEED (1)");
  verb.add_flag("--dry-run", flags.dryRun,
                "Print kernels, parameters and legal values only");
  CLI::Option *app =
      verb.add_option("--emit-app", flags.appFolder,
                      "Instead: write a program that measures on the device")
          ->option_text("DIR");
  verb.add_option("--candidates", flags.candidates,
                  "Of each kernel that it holds at most")
      ->check(CLI::Range(size_t(1), size_t(1000)))
      ->option_text("N (24)");
  verb.add_option("--import", flags.importedLog,
                  "Instead: make records from that program's log")
      ->excludes(app)
      ->option_text("LOG.jsonl");
  verb.add_option("--merge", flags.merge,
                  "Instead: write all records of these files to -o")
      ->expected(2, 1000)
      ->option_text("FILE FILE...");
  verb.add_flag("--no-progress", flags.noProgress,
                "Plain lines on stderr instead of a progress bar");
  verb.add_flag("--json", flags.json, "Print JSON");
}

void mobileone::addTuneVerb(CLI::App &app, VerbAction &action) {
  auto flags = std::make_shared<TuneFlags>();
  CLI::App *verb = addVerb(
      app,
      {"tune", "Find the best schedules for a machine by measuring",
       "SPEC... [--target T] -o FILE.json [options]",
       "Tries parameters of the kernels' schedules in the running network, "
       "each "
       "against\nthe schedule's own choice in the same runs, and keeps what "
       "wins. Interrupt it at\nany time: the same command goes on. 'compile "
       "--schedules-from FILE' uses it.\nFor iphone12 times are estimates, "
       "where "
       "no program on the phone measured any.",
       "mobileonec tune mobileone_s0 -o mine.json --budget 10m\n"
       "mobileonec tune mobileone_s0 --target x86-64-v4 -o board.json \\\n"
       "    --runner 'ssh board' --measure-program ./mobileone-measure\n"
       "mobileonec tune mobileone_s0 --target iphone12 --emit-app tuner"});
  addFlags(*verb, *flags);
  verb->callback(
      [flags, &action] { action = [flags] { return runTune(*flags); }; });
}
