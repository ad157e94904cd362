//===- BenchVerb.cpp - mobileonec bench -----------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Benchmark.h"
#include "compiler/Tools/CommandLine.h"

#include <fmt/format.h>

using namespace mobileone;

namespace {
struct BenchFlags {
  std::string folder;
  BenchmarkOptions options;
  bool json = false;
};
} // namespace

static int runBench(const BenchFlags &flags) {
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
            "mobileonec bench s0 --threads 4 --seconds 10 --json"});
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
  verb->add_flag("--json", flags->json, "Print JSON");
  verb->callback(
      [flags, &action] { action = [flags] { return runBench(*flags); }; });
}
