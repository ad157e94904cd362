//===- TuneReport.h - What tuning found -------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_TUNEREPORT_H
#define MOBILEONE_TOOLS_TUNEREPORT_H

#include "compiler/Tuning/Tuner.h"

#include <string>

namespace mobileone {

/// A row per kernel: times with the schedule's own choice and with the best,
/// and which parameters differ.
std::string tuneReportAsText(const TuneOptions &options,
                             const TuneResult &result);
std::string tuneReportAsJson(const TuneOptions &options,
                             const TuneResult &result);

/// What there is to choose from: a paragraph per kernel.
std::string
tuningSpaceAsText(const std::vector<std::unique_ptr<NetworkTuner>> &networks);
std::string
tuningSpaceAsJson(const std::vector<std::unique_ptr<NetworkTuner>> &networks);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_TUNEREPORT_H
