//===- Observation.h - What a model computes --------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_MEASURE_OBSERVATION_H
#define MOBILEONE_RUNTIME_TOOLS_MEASURE_OBSERVATION_H

#include "Candidate.h"

#include <cstdio>

namespace mobileone::measure {

/// Runs the candidate's base and writes to `stream` what every step leaves in
/// its operands, weights and scratch memory apart, and the outputs, as main.cpp
/// describes. Why it did not run, or "".
std::string observe(Candidate &candidate, std::FILE *stream);

} // namespace mobileone::measure

#endif // MOBILEONE_RUNTIME_TOOLS_MEASURE_OBSERVATION_H
