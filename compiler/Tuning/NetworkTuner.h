//===- NetworkTuner.h - Tunes the kernels of one network --------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TUNING_NETWORKTUNER_H
#define MOBILEONE_TUNING_NETWORKTUNER_H

#include "compiler/Pipelines/Compile.h"
#include "compiler/Tuning/CandidateLibrary.h"
#include "compiler/Tuning/CandidateProcess.h"
#include "compiler/Tuning/TuneLog.h"

#include <memory>

namespace mobileone {

/// How candidates are made and measured.
struct MeasureOptions {
  const Target *target = nullptr;
  unsigned threads = 1;
  /// mobileone-measure, after the words of the runner.
  std::vector<std::string> command;
  unsigned limit = 60; ///< Seconds for a kernel to compile, a process to run.
  unsigned jobs = 0;   ///< Kernels compiled at a time; 0: one per processor.
  std::string folder;  ///< For temporary files; must exist.
};

/// A network's inputs and what it makes of them, as bytes one after another.
struct NetworkSample {
  std::string inputs, outputs;
};

/// A kernel and what is known about it.
struct KernelTuning {
  TunableKernel kernel;
  KernelSearch search;
  unsigned measured = 0, failed = 0;
  /// The latest of the best parameters and of the comparison at the end; of the
  /// schedule's own ones where nothing is better.
  std::optional<Measurement> best;
  bool isFinal = false;
};

class NetworkTuner {
public:
  /// `compiled` is planned for the target without records.
  NetworkTuner(std::string model, CompileResult compiled, NetworkSample sample,
               MeasureOptions options);

  /// Leaves out the kernels that are in `others`: they are tuned there.
  /// `starts` are tried first, the last one first.
  void addKernels(std::set<std::string> &others,
                  const std::vector<const ScheduleRecords *> &starts);

  /// Measures the network with the schedules' own choices. False after errors:
  /// it computes something wrong, or cannot be run.
  bool measureStandard(DiagnosticList &diagnostics);

  /// Goes on to where `log` ends; the parameters to measure next, by the hash
  /// of their kernel. Costs no time, so that a spent budget loses nothing.
  Assignments resume(TuneLog &log);

  /// Measures one set of parameters of every kernel that has any left. False
  /// after errors.
  bool runRound(TuneLog &log, DiagnosticList &diagnostics);

  /// Compares the best parameters with the schedules' own once more; what does
  /// not win is given up.
  bool finish(TuneLog &log, DiagnosticList &diagnostics);

  /// Whether every kernel's search has ended.
  bool isDone() const { return done; }
  const std::string &model() const { return name; }
  const std::vector<std::unique_ptr<KernelTuning>> &kernels() const {
    return tunings;
  }
  /// Microseconds of a run with the schedules' own choices, and what the best
  /// parameters so far make of it.
  double standardTime() const { return standard; }
  double bestTime() const;
  CandidateLibraries &candidateLibraries() { return libraries; }

private:
  std::optional<std::vector<Measurement>>
  measure(Assignments assignments, double seconds, DiagnosticList &diagnostics);
  std::optional<MeasureReply> run(const Assignments &assignments,
                                  double seconds, DiagnosticList &diagnostics);
  std::optional<std::vector<Measurement>>
  measureHalves(const Assignments &assignments, double seconds,
                DiagnosticList &diagnostics);
  Measurement describe(const std::string &hash,
                       const Assignment &parameters) const;
  KernelTuning *find(const std::string &hash) const;
  KernelTuning *ofStep(unsigned step) const;
  void report(KernelTuning &tuning, const Measurement &measurement);

  std::string name;
  CompileResult compiled;
  NetworkSample sample;
  MeasureOptions options;
  CandidateLibraries libraries;
  std::vector<std::unique_ptr<KernelTuning>> tunings;
  double standard = 0;
  bool done = false;
};

} // namespace mobileone

#endif // MOBILEONE_TUNING_NETWORKTUNER_H
