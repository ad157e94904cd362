//===- ModelPlan.h - What a manifest says of steps --------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_ESTIMATE_MODELPLAN_H
#define MOBILEONE_ESTIMATE_MODELPLAN_H

#include "compiler/Support/Diagnostics.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// A step of a program as its manifest describes it.
struct PlannedStep {
  std::string name;   ///< "stage1.0+stage1.1".
  std::string kernel; ///< The function's name; steps may share one.
  unsigned tiles = 1;
  uint64_t multiplyAdds = 0;
  /// That a run moves at least once: packed weights; activations read and
  /// written, the model's inputs and outputs included.
  uint64_t weightBytes = 0, readBytes = 0, writtenBytes = 0;
};

struct PlannedProgram {
  std::string target;
  uint64_t arenaBytes = 0, scratchBytes = 0;
  std::vector<PlannedStep> steps;
};

struct ModelPlan {
  std::string model;
  std::string precision;      ///< Of activations and weights: "f32", "f16".
  unsigned batch = 1;         ///< Images of a run; steps are those of one.
  uint64_t inputBytes = 0;    ///< Of all inputs and images together.
  bool weightsInFile = false; ///< Beside the library, not in it.
  std::vector<PlannedProgram> programs;
};

/// Reads the manifest `path`. Reports BadInput.
std::optional<ModelPlan> readModelPlan(const std::string &path,
                                       DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_ESTIMATE_MODELPLAN_H
