//===- CandidateProcess.h - Measures a candidate elsewhere ------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// The other side is runtime/tools/measure, whose main.cpp and Request.h
// describe what is sent and answered.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TUNING_CANDIDATEPROCESS_H
#define MOBILEONE_TUNING_CANDIDATEPROCESS_H

#include <cstdint>
#include <string>
#include <vector>

namespace mobileone {

/// What mobileone-measure gets.
struct MeasureRequest {
  unsigned threads = 1, pairs = 1;
  double seconds = 0;
  unsigned limit = 60; ///< Seconds until the process is ended.
  std::string notes;   ///< Lines, for people and wrappers.
  std::string library;
  const std::vector<uint8_t> *weights = nullptr;
  std::string inputs, expected;
};

struct StepTimes {
  double minimum = 0, median = 0;
};

/// What it answered.
struct MeasureReply {
  enum class Kind {
    Measured,
    WrongBase, ///< The schedules' own choices compute something wrong.
    WrongStep, ///< The variant does, in `step`.
    Failed,    ///< It said so, or died, or answered nothing that makes sense.
    TimedOut
  };
  Kind kind = Kind::Failed;
  std::string message; ///< Of Failed and TimedOut.
  unsigned step = 0;
  unsigned runs = 0;
  std::vector<StepTimes> base, variant; ///< Microseconds, per step.
  StepTimes baseTotal, variantTotal;
};

/// Runs `command`, a program and its arguments, with `request` as its input. It
/// is in a process group of its own, which is killed after `request.limit`
/// seconds and a little; it dies with this process.
MeasureReply measureElsewhere(const std::vector<std::string> &command,
                              const MeasureRequest &request);

/// Reads what mobileone-measure printed.
MeasureReply parseMeasureReply(const std::string &text);

} // namespace mobileone

#endif // MOBILEONE_TUNING_CANDIDATEPROCESS_H
