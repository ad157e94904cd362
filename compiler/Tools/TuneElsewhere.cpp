//===- TuneElsewhere.cpp - tune for devices out of reach ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/TuneElsewhere.h"

#include "compiler/Tools/CommandLine.h"
#include "compiler/Tools/Interruption.h"
#include "compiler/Tools/Progress.h"
#include "compiler/Tools/TuneReport.h"

#include <fmt/format.h>
#include <numeric>

using namespace mobileone;

int mobileone::emitApp(TuneOptions options, const TuneAppOptions &appOptions,
                       const TuneOutputStyle &style) {
  DiagnosticList diagnostics;
  UnwindOnInterruption unwind;
  TemporaryFolder folder;
  options.measure.folder = folder.path();
  Progress progress(stderr, progressStyle(stderr, style.noProgress));
  auto networks = emitTuneApp(
      options, appOptions,
      [&](const std::string &phase, size_t done, size_t total) {
        throwIfInterrupted();
        progress.update(phase, done, total, "");
      },
      diagnostics);
  progress.finish();
  // An interruption also ends child processes, which looks like an error.
  if (!networks)
    throwIfInterrupted();
  if (!networks)
    return report(diagnostics);
  return printResult(
      style.json ? appReportAsJson(options, appOptions.folder, *networks)
                 : appReportAsText(options, appOptions.folder, *networks));
}

int mobileone::importLog(const TuneOptions &options, const std::string &log,
                         const TuneOutputStyle &style) {
  DiagnosticList diagnostics;
  std::optional<ImportResult> result = importTuneLog(options, log, diagnostics);
  if (!result)
    return report(diagnostics);
  for (const std::string &warning : result->warnings)
    fmt::print(stderr, "warning: {}\n", warning);
  return printResult(style.json ? importReportAsJson(options, *result)
                                : importReportAsText(options, *result));
}

int mobileone::estimate(TuneOptions options, const PortModel &core,
                        const TuneOutputStyle &style) {
  DiagnosticList diagnostics;
  UnwindOnInterruption unwind;
  TemporaryFolder folder;
  options.measure.folder = folder.path();
  Progress progress(stderr, progressStyle(stderr, style.noProgress));
  auto result = tuneByEstimate(
      options, core,
      [&](const EstimatedTuning &tuning, double elapsed) {
        throwIfInterrupted();
        double best =
            std::accumulate(tuning.best.begin(), tuning.best.end(), 0.0);
        progress.update("estimate", size_t(elapsed), size_t(options.budget),
                        fmt::format("{:.3f} ms", best / 1e3));
      },
      diagnostics);
  progress.finish();
  if (!result)
    throwIfInterrupted();
  if (!result)
    return report(diagnostics);
  return printResult(style.json ? estimatedTuningAsJson(options, *result)
                                : estimatedTuningAsText(options, *result));
}
