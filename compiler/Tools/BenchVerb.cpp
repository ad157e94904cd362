//===- BenchVerb.cpp - mobileonec bench -----------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Benchmark.h"
#include "compiler/Tools/CommandLine.h"
#include "compiler/Tools/Estimation.h"

#include <fmt/format.h>

using namespace mobileone;

namespace {
struct BenchFlags {
  std::string folder, estimate;
  BenchmarkOptions options;
  bool json = false;
};
} // namespace

static int runEstimate(const BenchFlags &flags) {
  DiagnosticList diagnostics;
  std::optional<EstimateReport> estimate = estimateModel(
      flags.folder, flags.estimate, flags.options.seconds, diagnostics);
  if (!estimate)
    return report(diagnostics);
  return printResult(flags.json ? estimateAsJson(*estimate)
                                : estimateAsText(*estimate));
}

static int runBench(const BenchFlags &flags) {
  if (!flags.estimate.empty())
    return runEstimate(flags);
  DiagnosticList diagnostics;
  std::optional<LoadedModel> loaded =
      LoadedModel::load(flags.folder, diagnostics);
  std::optional<BenchmarkResult> result;
  if (loaded)
    result = benchmark(*loaded, flags.options, diagnostics);
  if (!result)
    return report(diagnostics);
  for (const std::string &warning : result->warnings)
    fmt::print(stderr, "warning: {}\n", warning);
  return printResult(flags.json ? benchmarkAsJson(*result)
                                : benchmarkAsText(*result));
}

void mobileone::addBenchVerb(CLI::App &app, VerbAction &action) {
  auto flags = std::make_shared<BenchFlags>();
  CLI::App *verb = addVerb(
      app, {"bench", "Measure a compiled model's latency", "DIR [options]",
            "Runs the model in DIR again and again and compares its speed with "
            "the peak of\nthis machine's multiply-adds, measured on the same "
            "core before and after.",
            "mobileonec bench s0 --layers\n"
            "mobileonec bench s0 --threads 4 --seconds 10 --json\n"
            "mobileonec bench s0 --estimate iphone12"});
  BenchmarkOptions &options = flags->options;
  verb->add_option("DIR", flags->folder, "Folder that 'compile' wrote")
      ->required();
  verb->add_option("--threads", options.threads,
                   "Threads that compute; one is pinned to its core")
      ->check(CLI::Range(1u, 1024u))
      ->option_text("N (1)");
  verb->add_flag("--layers", options.steps, "Also time every step");
  verb->add_option("--seconds", options.seconds, "How long to measure")
      ->check(CLI::Range(0.0, 86400.0))
      ->option_text("S (3)");
  verb->add_option("--warmup", options.warmup, "Runs before that")
      ->check(CLI::Range(0u, 1000000u))
      ->option_text("N (5)");
  std::string cores;
  for (const PortModel &core : allPortModels())
    cores += (cores.empty() ? "" : ", ") + core.name;
  CLI::Option *estimate =
      verb->add_option("--estimate", flags->estimate,
                       "Estimate the time on a core of this kind from\n"
                       "instructions counted in QEMU; there are:\n" +
                           cores)
          ->option_text("CORE");
  for (const char *name : {"--threads", "--layers", "--warmup"})
    estimate->excludes(verb->get_option(name));
  verb->add_flag("--json", flags->json, "Print JSON");
  verb->callback(
      [flags, &action] { action = [flags] { return runBench(*flags); }; });
}
