//===- Benchmark.h - Times a model, and the machine beside it ---*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_BENCHMARK_H
#define MOBILEONE_TOOLS_BENCHMARK_H

#include "compiler/Tools/LatencyStatistics.h"
#include "compiler/Tools/MachinePeak.h"
#include "compiler/Tools/MachineState.h"
#include "compiler/Tools/ModelSession.h"

#include <optional>
#include <string>
#include <vector>

namespace mobileone {

struct BenchmarkOptions {
  unsigned threads = 1;
  double seconds = 3; ///< For each of the measurements.
  unsigned warmup = 5;
  bool steps = false; ///< Also time every step.
};

struct StepTime {
  std::string name;
  uint64_t multiplyAdds = 0; ///< Of a run.
  unsigned tiles = 1;
  double milliseconds = 0; ///< Median over the runs.
  /// The same with one thread; 0 where `threads` is 1.
  double oneThreadMilliseconds = 0;
};

struct BenchmarkResult {
  std::string model, target;
  std::string device; ///< The GPU's name; "" on CPUs.
  unsigned batch = 1; ///< Images of a run.
  unsigned threads = 1;
  int core = -1; ///< Where one thread was pinned to.
  uint64_t multiplyAdds = 0;
  double firstRunMilliseconds = 0;
  LatencyStatistics milliseconds;
  MachinePeak peak; ///< Of CPUs; 0 for a GPU, which is not measured.
  MachineState machine;
  std::vector<std::string> warnings;
  std::vector<StepTime> steps;
  /// Of one step's barrier, with `steps` and several threads; else 0.
  double barrierMicroseconds = 0;

  /// Floating-point operations per nanosecond at best: GFLOP/s.
  double gflops() const;
  /// gflops() / peak.gflops.
  double shareOfPeak() const;
};

/// One thread is pinned to a core, and the peak is measured on that core before
/// and after the model. Runs at least ten times. On a GPU a run includes copies
/// of inputs and outputs, and steps are launched one by one.
std::optional<BenchmarkResult> benchmark(const LoadedModel &loaded,
                                         const BenchmarkOptions &options,
                                         DiagnosticList &diagnostics);

/// What each step takes, and the machine beside it.
struct StepMeasurement {
  std::vector<LatencyStatistics>
      milliseconds; ///< By step, all passes of a run.
  unsigned passes = 1;
  double peakGflops = 0;
};

/// Times the steps of the program for `level` on one core for `seconds`.
std::optional<StepMeasurement> measureSteps(const LoadedModel &loaded,
                                            int level, double seconds,
                                            DiagnosticList &diagnostics);

std::string benchmarkAsText(const BenchmarkResult &result);
std::string benchmarkAsJson(const BenchmarkResult &result);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_BENCHMARK_H
