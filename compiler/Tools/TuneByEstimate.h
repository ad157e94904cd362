//===- TuneByEstimate.h - Finds schedules by estimates ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_TUNEBYESTIMATE_H
#define MOBILEONE_TOOLS_TUNEBYESTIMATE_H

#include "compiler/Estimate/PortModel.h"
#include "compiler/Tuning/Tuner.h"

namespace mobileone {

struct EstimatedTuning {
  std::string estimator; ///< "estimate for iphone12 (Apple A14, ...)".
  std::vector<std::unique_ptr<NetworkTuner>> networks;
  /// Microseconds of each network with the schedules' own choices and tuned.
  std::vector<double> standard, best;
  size_t keptMeasured = 0; ///< Records of the output that were measured.
  bool isComplete = false; ///< Every search came to its end.
};

/// The core whose port model is called like `target`, or null.
const PortModel *coreOfTarget(const Target &target);

/// Tunes for a device that is not at hand: a candidate's time is what `core`
/// takes by its port model for the instructions that the whole network executes
/// in QEMU. An estimate has no noise, so each candidate gets one, and none is
/// checked. Records say what they come from and replace none that was measured.
/// The output is written after each round, so that ending this by what
/// `progress` throws leaves it whole.
std::optional<EstimatedTuning> tuneByEstimate(
    const TuneOptions &options, const PortModel &core,
    const std::function<void(const EstimatedTuning &, double elapsed)>
        &progress,
    DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_TUNEBYESTIMATE_H
