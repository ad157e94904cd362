//===- Timing.h - Times per step of two models in turn ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_MEASURE_TIMING_H
#define MOBILEONE_RUNTIME_TOOLS_MEASURE_TIMING_H

#include "Candidate.h"

namespace mobileone::measure {

struct Time {
  double minimum = 0, median = 0; ///< Microseconds.
};

struct Times {
  unsigned runs = 0; ///< Of each model.
  std::vector<Time> baseSteps, variantSteps;
  Time base, variant; ///< Of whole runs.
};

/// Runs base and variant in turn, so that what disturbs the machine disturbs
/// both. At least 3 runs of each.
Times timeInTurn(Candidate &candidate, unsigned threads, unsigned pairs,
                 double seconds);

/// Where one thread computes, keeps it on one processor of those it may use.
void pinToProcessor();

} // namespace mobileone::measure

#endif // MOBILEONE_RUNTIME_TOOLS_MEASURE_TIMING_H
