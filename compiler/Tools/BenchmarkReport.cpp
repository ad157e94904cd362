//===- BenchmarkReport.cpp - Measurements as text and JSON ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Benchmark.h"
#include "compiler/Tools/ResultTable.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace mobileone;
using nlohmann::ordered_json;

static double sum(const std::vector<StepTime> &steps, double StepTime::*time) {
  double total = 0;
  for (const StepTime &step : steps)
    total += step.*time;
  return total;
}

static double gflopsOf(uint64_t multiplyAdds, double milliseconds) {
  return milliseconds > 0 ? 2e-6 * multiplyAdds / milliseconds : 0;
}

/// What the threads' time went to besides the work of one thread: waiting for
/// each other after each step, tiles that do not divide evenly, shared caches.
static double threadOverhead(const BenchmarkResult &result) {
  return sum(result.steps, &StepTime::milliseconds) -
         sum(result.steps, &StepTime::oneThreadMilliseconds) / result.threads;
}

/// Steps that end with a barrier.
static size_t sharedSteps(const BenchmarkResult &result) {
  return std::count_if(result.steps.begin(), result.steps.end(),
                       [](const StepTime &step) { return step.tiles > 1; });
}

static std::string stepTable(const BenchmarkResult &result) {
  bool threads = result.threads > 1, onCpu = result.device.empty();
  std::vector<ResultTable::Column> columns = {
      {"step", ResultTable::Align::Left}};
  if (onCpu)
    columns.push_back({"tiles"});
  for (const char *name : {"ms", "M mult-adds", "GFLOP/s"})
    columns.push_back({name});
  if (onCpu)
    columns.push_back({"% of peak"});
  columns.push_back({"% of time"});
  if (threads)
    columns.push_back({"speed-up"});
  ResultTable table(columns);
  double total = sum(result.steps, &StepTime::milliseconds);
  auto addRow = [&](const std::string &name, const std::string &tiles,
                    double time, double oneThread, uint64_t multiplyAdds) {
    double gflops = gflopsOf(multiplyAdds, time);
    std::vector<std::string> row = {name};
    if (onCpu)
      row.push_back(tiles);
    row.push_back(fmt::format("{:.4f}", time));
    row.push_back(fmt::format("{:.2f}", multiplyAdds * 1e-6));
    row.push_back(fmt::format("{:.1f}", gflops));
    if (onCpu)
      row.push_back(fmt::format("{:.1f}", 100 * gflops / result.peak.gflops));
    row.push_back(fmt::format("{:.1f}", 100 * time / total));
    if (threads)
      row.push_back(fmt::format("{:.2f}", oneThread / time));
    table.addRow(row);
  };
  for (const StepTime &step : result.steps)
    addRow(step.name, std::to_string(step.tiles), step.milliseconds,
           step.oneThreadMilliseconds, step.multiplyAdds);
  table.addRule();
  addRow("all steps", "", total,
         sum(result.steps, &StepTime::oneThreadMilliseconds),
         result.multiplyAdds);
  std::string text = "\n" + table.str();
  if (!threads)
    return text;
  text += fmt::format("threads: {:.3f} ms ({:.1f}%) more than 1/{} of one "
                      "thread's time: barriers, uneven tiles, shared caches\n",
                      threadOverhead(result),
                      100 * threadOverhead(result) / total, result.threads);
  double barriers = 1e-3 * result.barrierMicroseconds * sharedSteps(result);
  return text + fmt::format("barriers: {:.2f} us each, "
                            "{:.3f} ms ({:.1f}%) for {} shared steps\n",
                            result.barrierMicroseconds, barriers,
                            100 * barriers / total, sharedSteps(result));
}

/// "2 threads, pinned to core 1, AMD EPYC".
static std::string processorOf(const BenchmarkResult &result) {
  std::string where =
      result.core < 0 ? "" : fmt::format(", pinned to core {}", result.core);
  return fmt::format("{} thread{}{}, {}", result.threads,
                     result.threads == 1 ? "" : "s", where,
                     result.machine.cpu.empty() ? "unknown processor"
                                                : result.machine.cpu);
}

std::string mobileone::benchmarkAsText(const BenchmarkResult &result) {
  const LatencyStatistics &times = result.milliseconds;
  bool onCpu = result.device.empty();
  std::string images =
      result.batch == 1 ? "" : fmt::format(", {} images a run", result.batch);
  std::string text =
      fmt::format("{} for {}{}, {}\n\n", result.model, result.target, images,
                  onCpu ? processorOf(result) : result.device);
  ResultTable table(
      {{"runs"}, {"min ms"}, {"p50"}, {"p90"}, {"p99"}, {"mean"}, {"first"}});
  auto format = [](double time) { return fmt::format("{:.3f}", time); };
  table.addRow({std::to_string(times.count), format(times.minimum),
                format(times.p50), format(times.p90), format(times.p99),
                format(times.mean), format(result.firstRunMilliseconds)});
  text += table.str();
  if (result.batch > 1)
    text += fmt::format("\nan image: min {:.3f} ms, p50 {:.3f}\n",
                        times.minimum / result.batch, times.p50 / result.batch);
  text += fmt::format("\n{:.1f} GFLOP/s at best", result.gflops());
  text += onCpu ? fmt::format(": {:.1f}% of the {:.1f} that this machine was "
                              "measured to do ({})\n",
                              100 * result.shareOfPeak(), result.peak.gflops,
                              result.peak.instructions)
                : std::string(", copies of inputs and outputs included\n");
  if (!result.steps.empty())
    text += stepTable(result);
  return text;
}

std::string mobileone::benchmarkAsJson(const BenchmarkResult &result) {
  const LatencyStatistics &times = result.milliseconds;
  ordered_json report = {{"model", result.model},
                         {"target", result.target},
                         {"batch", result.batch},
                         {"threads", result.threads},
                         {"multiply_adds", result.multiplyAdds},
                         {"runs", times.count},
                         {"milliseconds",
                          {{"min", times.minimum},
                           {"p50", times.p50},
                           {"p90", times.p90},
                           {"p99", times.p99},
                           {"mean", times.mean},
                           {"first", result.firstRunMilliseconds}}},
                         {"milliseconds_per_image",
                          {{"min", times.minimum / result.batch},
                           {"p50", times.p50 / result.batch}}},
                         {"gflops", result.gflops()}};
  bool onCpu = result.device.empty();
  if (onCpu) {
    report["peak_gflops"] = result.peak.gflops;
    report["share_of_peak"] = result.shareOfPeak();
  } else {
    report["device"] = result.device;
  }
  report["machine"] = {{"cpu", result.machine.cpu},
                       {"processors", result.machine.processors},
                       {"governor", result.machine.governor},
                       {"load", result.machine.load},
                       {"core", result.core}};
  if (onCpu)
    report["machine"]["peak_instructions"] = result.peak.instructions;
  report["warnings"] = result.warnings;
  ordered_json steps = ordered_json::array();
  for (const StepTime &step : result.steps) {
    double gflops = gflopsOf(step.multiplyAdds, step.milliseconds);
    steps.push_back({{"name", step.name},
                     {"tiles", step.tiles},
                     {"milliseconds", step.milliseconds},
                     {"multiply_adds", step.multiplyAdds},
                     {"gflops", gflops}});
    if (onCpu)
      steps.back()["share_of_peak"] = gflops / result.peak.gflops;
    if (result.threads > 1)
      steps.back()["one_thread_milliseconds"] = step.oneThreadMilliseconds;
  }
  if (!steps.empty())
    report["steps"] = steps;
  if (!steps.empty() && result.threads > 1) {
    report["thread_overhead_milliseconds"] = threadOverhead(result);
    report["barrier_microseconds"] = result.barrierMicroseconds;
  }
  return report.dump(2) + "\n";
}
