//===- StepEstimate.h - How long steps take on a core -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_ESTIMATE_STEPESTIMATE_H
#define MOBILEONE_ESTIMATE_STEPESTIMATE_H

#include "compiler/Estimate/ModelPlan.h"
#include "compiler/Estimate/OperationCounts.h"
#include "compiler/Estimate/PortModel.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// What a kernel takes at least by what it executes.
struct IssueBound {
  double cycles = 0;
  std::string limit; ///< What is fully used: "multiplies", "loads", "width".
};

IssueBound issueBound(const OperationCounts &counts, const PortModel &model);

struct StepEstimate {
  std::string name;
  unsigned tiles = 1;
  uint64_t multiplyAdds = 0;
  OperationCounts counts;
  std::string limit; ///< Of the issue bound.
  /// On one core: the multiply-adds alone at full speed; the issue bound; and
  /// with what comes from behind the first level of memory.
  double multiplyAddMicroseconds = 0, issueMicroseconds = 0, microseconds = 0;
  /// The last two on all cores of the model, which share tiles.
  double issueMicrosecondsOnAll = 0, microsecondsOnAll = 0;
};

/// A program on a core, for one image. An estimate in every figure.
struct ProgramEstimate {
  std::string model, target;
  unsigned batch = 1; ///< Images of a run, one after the other.
  PortModel core;
  std::vector<StepEstimate> steps;

  /// All steps together.
  StepEstimate total() const;
};

/// Estimates the program of `plan` that `functions`, executed operations by
/// function in one run, belong to. Reports BadInput where they belong to none.
///
/// The issue bound is the largest of what the model allows per cycle. To it
/// comes what a step moves once from behind the first level:
///
/// - the maps that it reads and writes, from the nearest level that holds them
///   together; nothing where the first level does;
/// - its weights. Those of the whole program fill what maps leave of each
///   level, and every step's come from the levels in these shares. A weight is
///   used multiplyAdds / weights times; moving it overlaps with its first use.
std::optional<ProgramEstimate>
estimateProgram(const ModelPlan &plan,
                const std::map<std::string, OperationCounts> &functions,
                const PortModel &core, DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_ESTIMATE_STEPESTIMATE_H
