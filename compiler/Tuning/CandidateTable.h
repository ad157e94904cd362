//===- CandidateTable.h - Source of a table of candidates -------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TUNING_CANDIDATETABLE_H
#define MOBILEONE_TUNING_CANDIDATETABLE_H

#include "compiler/Tuning/CandidateLibrary.h"
#include "compiler/Tuning/TuneLog.h"

#include <string>
#include <vector>

namespace mobileone {

/// A network whose candidates are compiled.
struct CandidateNetwork {
  std::string name;
  NamedCandidate standard; ///< With the schedules' own choices.
  std::vector<const TunableKernel *> kernels;
  std::vector<NamedCandidate> rounds;
};

/// The C++ source that defines `mobileone_tune_table_of_program`
/// (runtime/tools/phone/CandidateTable.h).
std::string printCandidateTable(const std::vector<CandidateNetwork> &networks,
                                const TuneLogHeader &header);

} // namespace mobileone

#endif // MOBILEONE_TUNING_CANDIDATETABLE_H
