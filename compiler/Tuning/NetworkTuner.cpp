//===- NetworkTuner.cpp - Tunes the kernels of one network ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/NetworkTuner.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace mobileone;

/// Of a candidate: a minimum needs some runs, and more do not lower it by much.
static constexpr unsigned kPairs = 30;
static constexpr double kSeconds = 1;
/// The comparison at the end decides about everything.
static constexpr double kFinalFactor = 4;

NetworkTuner::NetworkTuner(std::string model, CompileResult result,
                           NetworkSample sample, MeasureOptions options)
    : name(std::move(model)), compiled(std::move(result)),
      sample(std::move(sample)), options(std::move(options)),
      libraries(*compiled.planned.front().module, *this->options.target,
                compiled.packed.bytes(), this->options.folder,
                this->options.jobs, this->options.limit) {}

void NetworkTuner::addKernels(
    std::set<std::string> &others,
    const std::vector<const ScheduleRecords *> &starts) {
  for (TunableKernel &kernel :
       tunableKernels(*compiled.planned.front().module)) {
    if (!others.insert(kernel.hash).second)
      continue;
    std::vector<Assignment> assignments;
    for (auto records = starts.rbegin(); records != starts.rend(); ++records)
      if (const ScheduleRecord *record = (*records)->find(kernel.workload))
        assignments.push_back(record->parameters);
    KernelSearch search(kernel.request, *kernel.schedule,
                        std::move(assignments));
    tunings.push_back(std::make_unique<KernelTuning>(KernelTuning{
        std::move(kernel), std::move(search), 0, 0, std::nullopt, false}));
  }
}

KernelTuning *NetworkTuner::find(const std::string &hash) const {
  for (const std::unique_ptr<KernelTuning> &tuning : tunings)
    if (tuning->kernel.hash == hash)
      return tuning.get();
  return nullptr;
}

KernelTuning *NetworkTuner::ofStep(unsigned step) const {
  for (const std::unique_ptr<KernelTuning> &tuning : tunings)
    for (unsigned each : tuning->kernel.steps)
      if (each == step)
        return tuning.get();
  return nullptr;
}

Measurement NetworkTuner::describe(const std::string &hash,
                                   const Assignment &parameters) const {
  const TunableKernel &kernel = find(hash)->kernel;
  Measurement measurement;
  measurement.workload = hash;
  measurement.model = name;
  measurement.kernel = kernel.name;
  measurement.schedule = kernel.schedule->name;
  measurement.parameters = parameters;
  return measurement;
}

/// One process with the network as it is and with `assignments`.
std::optional<MeasureReply> NetworkTuner::run(const Assignments &assignments,
                                              double seconds,
                                              DiagnosticList &diagnostics) {
  std::optional<std::string> library = libraries.link(assignments, diagnostics);
  if (!library)
    return std::nullopt;
  MeasureRequest request;
  request.threads = options.threads;
  request.pairs = unsigned(kPairs * seconds / kSeconds);
  request.seconds = seconds;
  request.limit = options.limit;
  request.notes = fmt::format("note model {}\n", name);
  for (const auto &[hash, parameters] : assignments) {
    const TunableKernel &kernel = find(hash)->kernel;
    request.notes += fmt::format("note kernel {} steps {}", kernel.name,
                                 fmt::join(kernel.steps, ","));
    for (const auto &[parameter, value] : parameters)
      request.notes += fmt::format(" {}={}", parameter, value);
    request.notes += "\n";
  }
  request.library = std::move(*library);
  request.weights = &compiled.packed.bytes();
  request.inputs = sample.inputs;
  request.expected = sample.outputs;
  return measureElsewhere(options.command, request);
}

bool NetworkTuner::measureStandard(DiagnosticList &diagnostics) {
  if (!libraries.compile({}, diagnostics))
    return false;
  std::optional<MeasureReply> reply = run({}, kSeconds, diagnostics);
  if (!reply)
    return false;
  using Kind = MeasureReply::Kind;
  if (reply->kind == Kind::WrongBase || reply->kind == Kind::WrongStep)
    diagnostics.error(ErrorKind::VerificationFailed, name,
                      "the schedules' own choices compute something else than "
                      "the reference",
                      fmt::format("`mobileonec verify` says where, on a "
                                  "machine that runs {}",
                                  options.target->name));
  else if (reply->kind != Kind::Measured)
    diagnostics.error(
        ErrorKind::BadInput, options.command.front(),
        fmt::format("{} cannot be measured: {}", name, reply->message),
        "it must run mobileone-measure on a machine for " +
            options.target->name + " and leave its input and output alone");
  standard = reply->baseTotal.minimum;
  return !diagnostics.hasErrors();
}

static void addTimes(MinimumAndMedian &sum, const StepTimes &step) {
  sum.minimum += step.minimum;
  sum.median += step.median;
}

/// To find which of several candidates ends the process.
std::optional<std::vector<Measurement>>
NetworkTuner::measureHalves(const Assignments &assignments, double seconds,
                            DiagnosticList &diagnostics) {
  auto middle = std::next(assignments.begin(), assignments.size() / 2);
  auto first = measure({assignments.begin(), middle}, seconds, diagnostics);
  if (!first)
    return std::nullopt;
  auto second = measure({middle, assignments.end()}, seconds, diagnostics);
  if (!second)
    return std::nullopt;
  first->insert(first->end(), second->begin(), second->end());
  return first;
}

/// One measurement for each of `assignments`, which compile.
std::optional<std::vector<Measurement>>
NetworkTuner::measure(Assignments assignments, double seconds,
                      DiagnosticList &diagnostics) {
  std::vector<Measurement> measurements;
  while (!assignments.empty()) {
    std::optional<MeasureReply> reply = run(assignments, seconds, diagnostics);
    if (!reply)
      return std::nullopt;
    if (reply->kind == MeasureReply::Kind::WrongStep) {
      KernelTuning *culprit = ofStep(reply->step);
      auto found = assignments.find(culprit ? culprit->kernel.hash : "");
      if (found != assignments.end()) {
        Measurement wrong = describe(found->first, found->second);
        wrong.outcome = Outcome::Wrong;
        wrong.message = "computes something else";
        measurements.push_back(std::move(wrong));
        assignments.erase(found);
        continue;
      }
      // It writes where others' results are.
      reply->message = "changes the results of another kernel";
    }
    if (reply->kind == MeasureReply::Kind::WrongBase)
      reply->message = "the network computes something wrong beside it";
    bool isMeasured = reply->kind == MeasureReply::Kind::Measured;
    if (!isMeasured && assignments.size() > 1) {
      auto rest = measureHalves(assignments, seconds, diagnostics);
      if (!rest)
        return std::nullopt;
      measurements.insert(measurements.end(), rest->begin(), rest->end());
      return measurements;
    }
    for (const auto &[hash, parameters] : assignments) {
      Measurement measurement = describe(hash, parameters);
      measurement.outcome =
          isMeasured                                    ? Outcome::Measured
          : reply->kind == MeasureReply::Kind::TimedOut ? Outcome::TimedOut
          : reply->kind == MeasureReply::Kind::Failed   ? Outcome::Crashed
                                                        : Outcome::Wrong;
      measurement.message = reply->message;
      measurement.runs = reply->runs;
      if (isMeasured)
        for (unsigned step : find(hash)->kernel.steps) {
          addTimes(measurement.time, reply->variant.at(step));
          addTimes(measurement.standardTime, reply->base.at(step));
        }
      measurements.push_back(std::move(measurement));
    }
    return measurements;
  }
  return measurements;
}

void NetworkTuner::report(KernelTuning &tuning,
                          const Measurement &measurement) {
  ++tuning.measured;
  tuning.failed += measurement.outcome != Outcome::Measured;
  tuning.search.report(measurement.relativeTime());
  if (tuning.search.best() == measurement.parameters &&
      measurement.relativeTime())
    tuning.best = measurement;
}

Assignments NetworkTuner::resume(TuneLog &log) {
  Assignments assignments;
  for (const std::unique_ptr<KernelTuning> &tuning : tunings)
    while (std::optional<Assignment> next = tuning->search.next()) {
      std::optional<Measurement> known = log.take(tuning->kernel.hash, *next);
      if (!known) {
        assignments[tuning->kernel.hash] = std::move(*next);
        break;
      }
      report(*tuning, *known);
    }
  done = assignments.empty();
  return assignments;
}

bool NetworkTuner::runRound(TuneLog &log, DiagnosticList &diagnostics) {
  Assignments assignments = resume(log);
  if (done)
    return true;
  auto problems = libraries.compile(assignments, diagnostics);
  if (!problems)
    return false;
  std::vector<Measurement> measurements;
  for (const auto &[hash, problem] : *problems) {
    measurements.push_back(describe(hash, assignments.at(hash)));
    measurements.back().outcome = Outcome::NotCompiled;
    measurements.back().message = problem;
    assignments.erase(hash);
  }
  auto measured = measure(std::move(assignments), kSeconds, diagnostics);
  if (!measured)
    return false;
  measurements.insert(measurements.end(), measured->begin(), measured->end());
  if (!log.add(measurements, diagnostics))
    return false;
  for (const Measurement &each : measurements)
    report(*find(each.workload), each);
  return true;
}

bool NetworkTuner::finish(TuneLog &log, DiagnosticList &diagnostics) {
  Assignments assignments;
  for (const std::unique_ptr<KernelTuning> &tuning : tunings)
    assignments[tuning->kernel.hash] = tuning->search.best();
  auto problems = libraries.compile(assignments, diagnostics);
  if (!problems)
    return false;
  for (const auto &[hash, problem] : *problems)
    assignments.erase(hash);
  auto measurements =
      measure(assignments, kFinalFactor * kSeconds, diagnostics);
  if (!measurements)
    return false;
  for (Measurement &each : *measurements) {
    each.isFinal = true;
    KernelTuning &tuning = *find(each.workload);
    std::optional<double> relative = each.relativeTime();
    tuning.isFinal = true;
    tuning.best = each;
    if (relative && *relative < 1 - kSmallestGain &&
        each.parameters != tuning.search.standard())
      continue;
    tuning.best->parameters = tuning.search.standard();
    if (each.outcome != Outcome::Measured)
      tuning.best.reset();
    else
      tuning.best->time = tuning.best->standardTime;
  }
  return log.add(*measurements, diagnostics);
}

double NetworkTuner::bestTime() const {
  double time = standard;
  for (const std::unique_ptr<KernelTuning> &tuning : tunings)
    if (tuning->best && tuning->best->outcome == Outcome::Measured)
      time -= tuning->best->standardTime.minimum - tuning->best->time.minimum;
  return time;
}
