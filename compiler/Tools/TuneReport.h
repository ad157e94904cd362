//===- TuneReport.h - What tuning found -------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_TUNEREPORT_H
#define MOBILEONE_TOOLS_TUNEREPORT_H

#include "compiler/Tools/TuneByEstimate.h"
#include "compiler/Tuning/ImportLog.h"
#include "compiler/Tuning/TuneApp.h"

#include <string>

namespace mobileone {

/// A row per kernel: times with the schedule's own choice and with the best,
/// and which parameters differ.
std::string tuneReportAsText(const TuneOptions &options,
                             const TuneResult &result);
std::string tuneReportAsJson(const TuneOptions &options,
                             const TuneResult &result);

/// The same rows after importing a log.
std::string importReportAsText(const TuneOptions &options,
                               const ImportResult &result);
std::string importReportAsJson(const TuneOptions &options,
                               const ImportResult &result);

/// The same rows where times are estimates.
std::string estimatedTuningAsText(const TuneOptions &options,
                                  const EstimatedTuning &result);
std::string estimatedTuningAsJson(const TuneOptions &options,
                                  const EstimatedTuning &result);

/// What a program for another device holds, and how to go on.
std::string appReportAsText(const TuneOptions &options,
                            const std::string &folder,
                            const std::vector<TuneAppNetwork> &networks);
std::string appReportAsJson(const TuneOptions &options,
                            const std::string &folder,
                            const std::vector<TuneAppNetwork> &networks);

/// What there is to choose from: a paragraph per kernel.
std::string
tuningSpaceAsText(const std::vector<std::unique_ptr<NetworkTuner>> &networks);
std::string
tuningSpaceAsJson(const std::vector<std::unique_ptr<NetworkTuner>> &networks);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_TUNEREPORT_H
