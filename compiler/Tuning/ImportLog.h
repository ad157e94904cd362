//===- ImportLog.h - Records from a log of another device -------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TUNING_IMPORTLOG_H
#define MOBILEONE_TUNING_IMPORTLOG_H

#include "compiler/Tuning/Tuner.h"

namespace mobileone {

struct ImportResult {
  ScheduleRecords records; ///< As in the output.
  std::string device;      ///< As its system calls it, or "".
  std::vector<std::unique_ptr<NetworkTuner>> networks;
  /// About lines that were not used.
  std::vector<std::string> warnings;
};

/// Takes what a program of emitTuneApp measured, the log at `path`, and writes
/// the records of `options.specs` to `options.output`, beside those that it
/// holds. Of several results of one candidate the worst counts, and one that
/// computed something else or ended the program is out. Reports BadInput where
/// the log is of another target or version, where a line makes no sense, or
/// where nothing in it is about these networks; the output is then as it was.
std::optional<ImportResult> importTuneLog(const TuneOptions &options,
                                          const std::string &path,
                                          DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TUNING_IMPORTLOG_H
