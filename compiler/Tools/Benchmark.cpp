//===- Benchmark.cpp - Times a model, and the machine beside it -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Benchmark.h"

#include "compiler/Tools/BarrierCost.h"

#include <algorithm>
#include <chrono>

using namespace mobileone;
using Clock = std::chrono::steady_clock;

static constexpr size_t kFewestRuns = 10;

static double millisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start)
      .count();
}

double BenchmarkResult::gflops() const {
  return milliseconds.minimum > 0 ? 2e-6 * multiplyAdds / milliseconds.minimum
                                  : 0;
}

double BenchmarkResult::shareOfPeak() const {
  return peak.gflops > 0 ? gflops() / peak.gflops : 0;
}

/// Calls `run` for `seconds`, but often enough for percentiles.
template <typename Function>
static void repeat(double seconds, const Function &run) {
  Clock::time_point start = Clock::now();
  for (size_t count = 0;
       count < kFewestRuns || millisecondsSince(start) < 1e3 * seconds; ++count)
    run();
}

static std::vector<double> timeRuns(ModelSession &session, double seconds) {
  std::vector<double> times;
  repeat(seconds, [&] {
    Clock::time_point start = Clock::now();
    session.runUnchecked();
    times.push_back(millisecondsSince(start));
  });
  return times;
}

namespace {
/// Notes the time after each step, all passes of a run together.
struct StepClock {
  Clock::time_point last;
  std::vector<double> run;                ///< By step.
  std::vector<std::vector<double>> times; ///< By step, of all runs.

  explicit StepClock(size_t steps) : run(steps), times(steps) {}

  void start() {
    std::fill(run.begin(), run.end(), 0);
    last = Clock::now();
  }

  void stop() {
    for (size_t step = 0; step < run.size(); ++step)
      times[step].push_back(run[step]);
  }

  static void observe(void *user, mobileone_session *, uint32_t step) {
    StepClock &clock = *static_cast<StepClock *>(user);
    clock.run[step] += millisecondsSince(clock.last);
    clock.last = Clock::now();
  }
};
} // namespace

/// The times of each step.
static std::vector<LatencyStatistics> timeSteps(ModelSession &session,
                                                double seconds) {
  StepClock clock(mobileone_session_program(session.handle())->step_count);
  mobileone_session_observe(session.handle(), StepClock::observe, &clock);
  repeat(seconds, [&] {
    clock.start();
    session.runUnchecked();
    clock.stop();
  });
  mobileone_session_observe(session.handle(), nullptr, nullptr);
  std::vector<LatencyStatistics> steps;
  for (std::vector<double> &times : clock.times)
    steps.push_back(summarizeLatencies(std::move(times)));
  return steps;
}

static std::vector<StepTime>
describeSteps(const mobileone_program &program, uint32_t batch,
              const std::vector<LatencyStatistics> &times) {
  std::vector<StepTime> steps(program.step_count);
  for (uint32_t i = 0; i < program.step_count; ++i) {
    const mobileone_step &step = program.steps[i];
    steps[i].name = step.name;
    steps[i].multiplyAdds = batch * step.multiply_adds;
    steps[i].tiles = step.tile_count;
    steps[i].milliseconds = times[i].p50;
  }
  return steps;
}

/// Times the steps with one thread as well, to tell what threads gain.
static bool addBarrierCost(BenchmarkResult &result,
                           DiagnosticList &diagnostics) {
  std::optional<double> time = measureBarrier(result.threads, diagnostics);
  result.barrierMicroseconds = time.value_or(0);
  return time.has_value();
}

static bool addOneThreadTimes(const LoadedModel &loaded, double seconds,
                              std::vector<StepTime> &steps,
                              DiagnosticList &diagnostics) {
  std::optional<ModelSession> session =
      ModelSession::create(loaded, 1, -1, diagnostics);
  if (!session || !session->run(diagnostics))
    return false;
  session->fillInputs(1);
  std::vector<LatencyStatistics> times = timeSteps(*session, seconds);
  for (size_t i = 0; i < steps.size(); ++i)
    steps[i].oneThreadMilliseconds = times[i].p50;
  return true;
}

/// Times runs and, of a CPU, its peak before and after them.
static void timeBesidePeak(ModelSession &session, double seconds,
                           BenchmarkResult &result) {
  bool onCpu = result.device.empty();
  MachinePeak before;
  if (onCpu)
    before = measureMachinePeak(result.threads);
  result.milliseconds = summarizeLatencies(timeRuns(session, seconds));
  if (!onCpu)
    return;
  result.peak = measureMachinePeak(result.threads);
  result.peak.gflops = std::max(result.peak.gflops, before.gflops);
}

std::optional<BenchmarkResult>
mobileone::benchmark(const LoadedModel &loaded, const BenchmarkOptions &options,
                     DiagnosticList &diagnostics) {
  BenchmarkResult result;
  result.machine = readMachineState();
  result.warnings = measurementWarnings(result.machine, options.threads);
  std::optional<PinnedToCore> pinned;
  if (options.threads == 1)
    result.core = pinned.emplace().core();
  std::optional<ModelSession> session =
      ModelSession::create(loaded, options.threads, -1, diagnostics);
  if (!session)
    return std::nullopt;
  session->fillInputs(1);
  Clock::time_point start = Clock::now();
  if (!session->run(diagnostics))
    return std::nullopt;
  result.firstRunMilliseconds = millisecondsSince(start);
  for (unsigned run = 0; run < options.warmup; ++run)
    session->runUnchecked();

  const mobileone_program &program =
      *mobileone_session_program(session->handle());
  result.model = loaded.model().name;
  result.batch = loaded.model().batch;
  result.target = program.target;
  result.device = mobileone_session_device(session->handle());
  result.threads = result.device.empty() ? options.threads : 1;
  for (uint32_t i = 0; i < program.step_count; ++i)
    result.multiplyAdds += result.batch * program.steps[i].multiply_adds;
  timeBesidePeak(*session, options.seconds, result);
  if (!options.steps)
    return result;
  result.steps = describeSteps(program, result.batch,
                               timeSteps(*session, options.seconds));
  if (result.threads > 1 &&
      (!addOneThreadTimes(loaded, options.seconds, result.steps, diagnostics) ||
       !addBarrierCost(result, diagnostics)))
    return std::nullopt;
  return result;
}

std::optional<StepMeasurement>
mobileone::measureSteps(const LoadedModel &loaded, int level, double seconds,
                        DiagnosticList &diagnostics) {
  PinnedToCore pinned;
  std::optional<ModelSession> session =
      ModelSession::create(loaded, 1, level, diagnostics);
  if (!session)
    return std::nullopt;
  session->fillInputs(1);
  if (!session->run(diagnostics))
    return std::nullopt;
  StepMeasurement result;
  result.passes = session->passes();
  double before = measureMachinePeak(1).gflops;
  result.milliseconds = timeSteps(*session, seconds);
  result.peakGflops = std::max(before, measureMachinePeak(1).gflops);
  return result;
}
