//===- TuneByEstimate.cpp - Finds schedules by estimates ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/TuneByEstimate.h"

#include "compiler/Tools/Estimation.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>

using namespace mobileone;

const PortModel *mobileone::coreOfTarget(const Target &target) {
  for (const PortModel &model : allPortModels())
    if (model.name == target.name)
      return &model;
  return nullptr;
}

namespace {

class EstimateTuner {
public:
  using Progress = std::function<void(const EstimatedTuning &, double)>;

  EstimateTuner(const TuneOptions &options, const PortModel &core,
                const Progress &progress, DiagnosticList &diagnostics)
      : options(options), core(core), progress(progress),
        diagnostics(diagnostics) {
    result.estimator = fmt::format(
        "estimate for {} ({})", options.measure.target->name, core.description);
  }

  std::optional<EstimatedTuning> run();

private:
  using StepTimes = std::vector<double>;

  std::optional<StepTimes> estimate(size_t network,
                                    const Assignments &assignments,
                                    DiagnosticList &problems);
  bool estimateStandard(size_t network);
  bool runRound(size_t network);
  void tryAll(size_t network, const Assignments &assignments);
  void report(size_t network, KernelTuning &tuning,
              const Assignment &assignment, const StepTimes *times);
  bool save();
  double elapsed() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                         start)
        .count();
  }

  const TuneOptions &options;
  const PortModel &core;
  const Progress &progress;
  DiagnosticList &diagnostics;
  EstimatedTuning result;
  ScheduleRecords before;
  std::vector<StepTimes> standardSteps;
  std::chrono::steady_clock::time_point start =
      std::chrono::steady_clock::now();
};

} // namespace

/// Microseconds of each step of a network with `assignments`.
std::optional<EstimateTuner::StepTimes>
EstimateTuner::estimate(size_t network, const Assignments &assignments,
                        DiagnosticList &problems) {
  progress(result, elapsed());
  ScheduleRecords records;
  records.target = options.measure.target->name;
  for (const auto &tuning : result.networks[network]->kernels())
    if (auto found = assignments.find(tuning->kernel.hash);
        found != assignments.end())
      records.set({tuning->kernel.schedule->name, tuning->kernel.workload,
                   found->second, 1, 1, ""});
  CompileOptions compileOptions;
  compileOptions.spec = options.specs[network];
  compileOptions.randomSeed = options.seed;
  compileOptions.randomForm = CheckpointForm::Fused;
  compileOptions.precision = options.precision;
  compileOptions.targets = {options.measure.target};
  compileOptions.records.emplace().push_back(std::move(records));
  compileOptions.output =
      fmt::format("{}/model_{}", options.measure.folder, network);
  compileOptions.jobs = options.measure.jobs;
  if (!compile(compileOptions, problems))
    return std::nullopt;
  std::optional<EstimateReport> report =
      estimateModel(compileOptions.output, core.name, 0, problems);
  if (!report)
    return std::nullopt;
  StepTimes times;
  for (const StepEstimate &step : report->estimate.steps)
    times.push_back(options.measure.threads > 1 ? step.microsecondsOnAll
                                                : step.microseconds);
  return times;
}

/// Of all steps with the kernel.
static double timeOf(const TunableKernel &kernel,
                     const std::vector<double> &steps) {
  double time = 0;
  for (unsigned step : kernel.steps)
    time += steps.at(step);
  return time;
}

/// What the others are compared with; errors that it has are the user's.
bool EstimateTuner::estimateStandard(size_t network) {
  std::optional<StepTimes> times = estimate(network, {}, diagnostics);
  if (!times)
    return false;
  double total = 0;
  for (double step : *times)
    total += step;
  result.standard.push_back(total);
  result.best.push_back(total);
  for (const auto &tuning : result.networks[network]->kernels()) {
    Measurement &best = tuning->best.emplace();
    best.parameters = tuning->search.standard();
    double time = timeOf(tuning->kernel, *times);
    best.time = best.standardTime = {time, time};
  }
  standardSteps.push_back(std::move(*times));
  return true;
}

/// `times`: of the steps, or null where the candidate does not compile.
void EstimateTuner::report(size_t network, KernelTuning &tuning,
                           const Assignment &assignment,
                           const StepTimes *times) {
  ++tuning.measured;
  tuning.failed += !times;
  double standard = timeOf(tuning.kernel, standardSteps[network]);
  double time = times ? timeOf(tuning.kernel, *times) : 0;
  // What is better is asked for twice, and has no other answer.
  while (tuning.search.next() == assignment)
    tuning.search.report(times ? std::optional(time / standard) : std::nullopt);
  if (!times || tuning.search.best() != assignment)
    return;
  result.best[network] -= tuning.best->time.minimum - time;
  tuning.best->parameters = assignment;
  tuning.best->time = {time, time};
}

/// One candidate that does not compile costs the others nothing.
void EstimateTuner::tryAll(size_t network, const Assignments &assignments) {
  DiagnosticList problems;
  std::optional<StepTimes> times = estimate(network, assignments, problems);
  if (!times && assignments.size() > 1) {
    auto middle = std::next(assignments.begin(), assignments.size() / 2);
    tryAll(network, {assignments.begin(), middle});
    tryAll(network, {middle, assignments.end()});
    return;
  }
  for (const auto &tuning : result.networks[network]->kernels())
    if (auto found = assignments.find(tuning->kernel.hash);
        found != assignments.end())
      report(network, *tuning, found->second, times ? &*times : nullptr);
}

/// Whether there was anything left to try.
bool EstimateTuner::runRound(size_t network) {
  Assignments assignments;
  for (const auto &tuning : result.networks[network]->kernels())
    if (std::optional<Assignment> next = tuning->search.next())
      assignments[tuning->kernel.hash] = std::move(*next);
  if (!assignments.empty())
    tryAll(network, assignments);
  return !assignments.empty();
}

bool EstimateTuner::save() {
  ScheduleRecords records = before;
  result.keptMeasured = 0;
  for (const auto &network : result.networks)
    for (const auto &tuning : network->kernels()) {
      std::optional<ScheduleRecord> record = recordOf(*tuning);
      if (!record)
        continue;
      record->measuredBy = result.estimator;
      const ScheduleRecord *known = before.find(record->workload);
      if (known && !known->isEstimate())
        ++result.keptMeasured;
      else
        records.set(std::move(*record));
    }
  return writeScheduleRecords(options.output, records, diagnostics);
}

std::optional<EstimatedTuning> EstimateTuner::run() {
  auto networks = tuningSpace(options, diagnostics);
  std::optional<ScheduleRecords> found = recordsOfOutput(options, diagnostics);
  if (!networks || !found)
    return std::nullopt;
  before = std::move(*found);
  result.networks = std::move(*networks);
  for (size_t i = 0; i < result.networks.size(); ++i)
    if (!estimateStandard(i))
      return std::nullopt;
  while (!result.isComplete) {
    bool isSpent = elapsed() >= options.budget;
    result.isComplete = !isSpent;
    for (size_t i = 0; i < result.networks.size() && !isSpent; ++i)
      result.isComplete &= !runRound(i);
    if (!save())
      return std::nullopt;
    if (isSpent)
      break;
  }
  return std::move(result);
}

std::optional<EstimatedTuning> mobileone::tuneByEstimate(
    const TuneOptions &options, const PortModel &core,
    const std::function<void(const EstimatedTuning &, double)> &progress,
    DiagnosticList &diagnostics) {
  return EstimateTuner(options, core, progress, diagnostics).run();
}
