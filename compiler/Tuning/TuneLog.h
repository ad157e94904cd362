//===- TuneLog.h - Every measurement, on disk at once -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// A file of JSON lines. The first says what is tuned; each other one is a
// measurement of one kernel's parameters. A line is on disk when it is written,
// and a last line that is not whole, because the process was killed, does not
// count.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TUNING_TUNELOG_H
#define MOBILEONE_TUNING_TUNELOG_H

#include "compiler/Support/Diagnostics.h"
#include "compiler/Tuning/KernelSearch.h"

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

struct MinimumAndMedian {
  double minimum = 0, median = 0; ///< Microseconds.
};

enum class Outcome { Measured, Wrong, Crashed, TimedOut, NotCompiled };

/// "measured", "wrong", "crashed", "timed out", "not compiled".
const char *outcomeName(Outcome outcome);

/// One kernel's parameters, measured in one process.
struct Measurement {
  std::string workload; ///< A hash of its text.
  std::string model, kernel, schedule;
  Assignment parameters;
  Outcome outcome = Outcome::Measured;
  std::string message; ///< Of what has no time.
  unsigned runs = 0;
  /// Of all steps with the kernel together, with these parameters and with the
  /// schedule's own.
  MinimumAndMedian time, standardTime;
  bool isFinal = false; ///< Of the comparison at the end.

  /// Time per time of the schedule's own choice, or nothing: by minimum or by
  /// median, whichever says less. What is faster at best, but suffers more from
  /// what else the machine does, is no gain.
  std::optional<double> relativeTime() const;
};

/// Reads a line of a log. Nothing if it is no measurement; `problem` says why.
std::optional<Measurement> parseMeasurement(const std::string &line,
                                            std::string &problem);

/// Of the format of logs.
constexpr int kTuneLogVersion = 1;

/// What all lines of a log have in common.
struct TuneLogHeader {
  std::string target, runner;
  unsigned threads = 1;
};

class TuneLog {
public:
  ~TuneLog();
  TuneLog(const TuneLog &) = delete;
  TuneLog &operator=(const TuneLog &) = delete;
  TuneLog() = default;

  /// Opens or makes the log at `path`, alone: BadInput where another process
  /// has it, where it is of another tuning, or where a line makes no sense.
  bool open(const std::string &path, const TuneLogHeader &header,
            DiagnosticList &diagnostics);

  /// Adds lines at once and waits for the disk; BadInput where that fails.
  bool add(const std::vector<Measurement> &measurements,
           DiagnosticList &diagnostics);

  /// Takes the next measurement of these parameters that the log had when it
  /// was opened; nothing if there is none left.
  std::optional<Measurement> take(const std::string &workload,
                                  const Assignment &parameters);

  /// Seconds of tuning, those of earlier calls included; a line says how many
  /// there were when it was added.
  double elapsed() const;
  /// Measurements that the log had when it was opened.
  size_t countBefore() const { return before; }

private:
  bool readLines(const std::string &text, const TuneLogHeader &header,
                 DiagnosticList &diagnostics);
  bool write(const std::string &bytes, DiagnosticList &diagnostics);

  std::string path;
  int file = -1;
  double elapsedBefore = 0;
  std::chrono::steady_clock::time_point start =
      std::chrono::steady_clock::now();
  size_t before = 0;
  std::map<std::pair<std::string, Assignment>, std::deque<Measurement>> known;
};

} // namespace mobileone

#endif // MOBILEONE_TUNING_TUNELOG_H
