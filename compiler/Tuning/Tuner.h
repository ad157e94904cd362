//===- Tuner.h - Finds the best schedules of a machine ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TUNING_TUNER_H
#define MOBILEONE_TUNING_TUNER_H

#include "compiler/Tuning/NetworkTuner.h"

namespace mobileone {

struct TuneOptions {
  std::vector<std::string> specs; ///< Files or built-ins.
  uint64_t seed = 1;              ///< Of weights and inputs.
  Precision precision = Precision::F32;
  std::string output;  ///< The file of records to make or to extend.
  double budget = 600; ///< Seconds, of all calls together.
  std::string runner;  ///< As the user wrote it, for the log.
  MeasureOptions measure;
};

/// "schedules/devices/zen4.json" -> "schedules/devices/zen4.log.jsonl".
std::string tuneLogPath(const std::string &output);

/// Makes inputs for a network and what the reference makes of them.
using MakeSample = std::function<std::optional<NetworkSample>(
    const CompileResult &compiled, DiagnosticList &diagnostics)>;

/// Called between measurements with seconds of all calls together. What it
/// throws ends tuning; what was found is in the output and the log.
using TuneProgress =
    std::function<void(const std::string &phase, double elapsed,
                       const std::vector<std::unique_ptr<NetworkTuner>> &)>;

struct TuneResult {
  ScheduleRecords records; ///< As in the output.
  std::vector<std::unique_ptr<NetworkTuner>> networks;
  size_t measurementsBefore = 0; ///< That the log had.
  bool isComplete = false;       ///< Every search came to its end.
  double elapsed = 0;
};

/// Tunes until every search has ended or the budget is spent, which leaves time
/// for nothing but a last comparison. The output is written whenever something
/// better is found, by way of a temporary file. Nothing after errors; the
/// output and the log then hold what was found before.
std::optional<TuneResult> tune(const TuneOptions &options,
                               const MakeSample &makeSample,
                               const TuneProgress &progress,
                               DiagnosticList &diagnostics);

/// The space of each of the networks, without measuring: tuners that have not
/// been started. Searches start from what the output holds, if there is one.
std::optional<std::vector<std::unique_ptr<NetworkTuner>>>
tuningSpace(const TuneOptions &options, DiagnosticList &diagnostics);

/// The records that `options.output` holds, none where it does not exist or is
/// of an older version of the parameters; BadInput where it is no such file or
/// for another target.
std::optional<ScheduleRecords> recordsOfOutput(const TuneOptions &options,
                                               DiagnosticList &diagnostics);

/// What was found for a kernel; nothing where nothing was measured.
std::optional<ScheduleRecord> recordOf(const KernelTuning &tuning);

/// Writes `records` to `path` by way of a temporary file beside it; BadInput.
bool writeScheduleRecords(const std::string &path,
                          const ScheduleRecords &records,
                          DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TUNING_TUNER_H
