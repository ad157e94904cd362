//===- LoadCandidate.h - The models of a request ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_MEASURE_LOADCANDIDATE_H
#define MOBILEONE_RUNTIME_TOOLS_MEASURE_LOADCANDIDATE_H

#include "Candidate.h"
#include "Request.h"

namespace mobileone::measure {

/// Loads what `request` holds, which must outlive the candidate; no variant
/// where it names a model. What is wrong with it, or "".
std::string loadCandidate(Request &request, Candidate &candidate);

} // namespace mobileone::measure

#endif // MOBILEONE_RUNTIME_TOOLS_MEASURE_LOADCANDIDATE_H
