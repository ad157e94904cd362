//===- EstimateReport.h - Estimates as text and JSON ------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_ESTIMATEREPORT_H
#define MOBILEONE_TOOLS_ESTIMATEREPORT_H

#include "compiler/Estimate/StepEstimate.h"

#include <string>
#include <vector>

namespace mobileone {

/// An estimate beside what this machine takes.
struct EstimateReport {
  ProgramEstimate estimate;
  /// Of each step on this machine, or empty where it does not run the program.
  std::vector<double> measuredMicroseconds;
  /// Whether the core's clock is the one of this machine.
  bool clockIsMeasured = false;

  /// The median over the steps of |estimate / measured - 1|; 0 where nothing
  /// was measured.
  double medianError() const;
};

std::string estimateAsText(const EstimateReport &report);
std::string estimateAsJson(const EstimateReport &report);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_ESTIMATEREPORT_H
