//===- Candidate.h - The models of a request --------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_MEASURE_CANDIDATE_H
#define MOBILEONE_RUNTIME_TOOLS_MEASURE_CANDIDATE_H

#include "Library.h"
#include "Request.h"
#include "mobileone/runtime.h"

#include <string>
#include <vector>

namespace mobileone::measure {

/// One of the models with a session of its own.
struct LoadedProgram {
  mobileone_model model;
  mobileone_session *session = nullptr;
  std::vector<std::vector<uint8_t>> outputs;
  std::vector<void *> outputPointers;

  const mobileone_program &program() const {
    return *mobileone_session_program(session);
  }
};

struct Candidate {
  Library library;
  LoadedProgram base, variant;
  std::vector<const void *> inputs;

  /// Runs `program`, which is one of the two; what went wrong, or "".
  std::string run(LoadedProgram &program);
};

/// Loads what `request` holds, which must outlive the candidate; no variant
/// where it names a model. What is wrong with it, or "".
std::string loadCandidate(Request &request, Candidate &candidate);

} // namespace mobileone::measure

#endif // MOBILEONE_RUNTIME_TOOLS_MEASURE_CANDIDATE_H
