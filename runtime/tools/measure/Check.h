//===- Check.h - Whether the models compute what they should ----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_MEASURE_CHECK_H
#define MOBILEONE_RUNTIME_TOOLS_MEASURE_CHECK_H

#include "Candidate.h"

namespace mobileone::measure {

/// What a check found.
struct CheckResult {
  std::string problem; ///< Why a model did not run, or "".
  bool baseIsWrong = false;
  /// The first step of the variant with other results than the base, or -1.
  int wrongStep = -1;
};

/// Runs both models. The base's outputs must be `expected`, and every step of
/// the variant must make what the base's makes of the same, borders of zeros
/// included, as far as areClose (Elements.h) says.
CheckResult check(Candidate &candidate, AlignedBytes &expected);

} // namespace mobileone::measure

#endif // MOBILEONE_RUNTIME_TOOLS_MEASURE_CHECK_H
