//===- Estimation.cpp - Estimates a model's speed on a core ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Estimation.h"

#include "compiler/Tools/Benchmark.h"
#include "compiler/Tools/CountedRun.h"

#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

#include <algorithm>
#include <fmt/format.h>

using namespace mobileone;

static bool isOfHostArchitecture(const PortModel &core) {
  return llvm::Triple(llvm::sys::getProcessTriple()).getArchName() ==
         core.architecture;
}

/// Whether this machine runs the program of `model` for `target`; its level.
static std::optional<int> levelOf(const mobileone_model &model,
                                  const std::string &target) {
  for (uint32_t i = 0; i < model.program_count; ++i)
    if (model.programs[i].target == target &&
        mobileone_level_supported(model.programs[i].level))
      return int(model.programs[i].level);
  return std::nullopt;
}

/// The clock at which `core` does the multiply-adds that were measured.
static double clockOf(const PortModel &core, double gflops) {
  double operationsPerCycle =
      2.0 * core.multiplies * core.vectorBytes / sizeof(float);
  return gflops / operationsPerCycle;
}

/// Measures the program of `report` here, where this machine runs it, and gives
/// `core` this machine's clock.
static bool measureHere(const std::string &path, double seconds,
                        PortModel &core, EstimateReport &report,
                        DiagnosticList &diagnostics) {
  if (!isOfHostArchitecture(core))
    return true;
  std::optional<LoadedModel> loaded = LoadedModel::load(path, diagnostics);
  if (!loaded)
    return false;
  std::optional<int> level = levelOf(loaded->model(), report.estimate.target);
  if (!level)
    return true;
  std::optional<StepMeasurement> measured =
      measureSteps(*loaded, *level, seconds, diagnostics);
  if (!measured)
    return false;
  for (const LatencyStatistics &times : measured->milliseconds)
    report.measuredMicroseconds.push_back(1e3 * times.minimum /
                                          measured->passes);
  core.gigahertz = clockOf(core, measured->peakGflops);
  report.clockIsMeasured = true;
  return true;
}

std::optional<EstimateReport>
mobileone::estimateModel(const std::string &path, const std::string &coreName,
                         double seconds, DiagnosticList &diagnostics) {
  const PortModel *found = findPortModel(coreName, diagnostics);
  if (!found)
    return std::nullopt;
  PortModel core = *found;
  std::optional<CountedRun> run =
      countRun(path, core.architecture, diagnostics);
  if (!run)
    return std::nullopt;
  std::optional<ProgramEstimate> estimate =
      estimateProgram(run->plan, run->functions, core, diagnostics);
  if (!estimate)
    return std::nullopt;
  EstimateReport report{std::move(*estimate), {}, false};
  if (!measureHere(path, seconds, core, report, diagnostics))
    return std::nullopt;
  report.estimate =
      *estimateProgram(run->plan, run->functions, core, diagnostics);
  return report;
}
