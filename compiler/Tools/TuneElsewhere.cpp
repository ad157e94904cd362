//===- TuneElsewhere.cpp - tune --emit-app and --import -------------------===//
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
