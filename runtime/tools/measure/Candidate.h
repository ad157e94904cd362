//===- Candidate.h - Two models to compare ----------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_MEASURE_CANDIDATE_H
#define MOBILEONE_RUNTIME_TOOLS_MEASURE_CANDIDATE_H

#include "AlignedBytes.h"
#include "Library.h"
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

  /// Makes the session of `model`, and memory for outputs. What is wrong, or
  /// "".
  std::string open(unsigned threads);

  const mobileone_program &program() const {
    return *mobileone_session_program(session);
  }
};

struct Candidate {
  Library library;
  LoadedProgram base, variant;
  std::vector<const void *> inputs;

  /// Finds the inputs, one after another in `bytes`. Whether their sizes are
  /// the base's.
  bool findInputs(AlignedBytes &bytes);
  /// Runs `program`, which is one of the two; what went wrong, or "".
  std::string run(LoadedProgram &program);
};

} // namespace mobileone::measure

#endif // MOBILEONE_RUNTIME_TOOLS_MEASURE_CANDIDATE_H
