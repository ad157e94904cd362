//===- ModelExecution.h - Where a compiled model runs -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_MODELEXECUTION_H
#define MOBILEONE_TOOLS_MODELEXECUTION_H

#include "compiler/Support/Diagnostics.h"
#include "compiler/Target/Target.h"
#include "compiler/Tools/ModelBuffers.h"

#include <array>
#include <optional>

namespace mobileone {

/// What a step left in one of its operands: channel by channel, then x, then y,
/// then image by image.
struct ObservedOperand {
  uint32_t index = 0; ///< Of the step's operands.
  mobileone_element_type type = {};
  std::array<int32_t, MOBILEONE_DIMENSIONS> extents = {}; ///< Of one image.
  std::vector<uint8_t> bytes;
};

struct ObservedStep {
  std::string name;
  uint32_t operandCount = 0;
  /// Those that it writes, weights and scratch memory apart.
  std::vector<ObservedOperand> operands;

  /// Adds what the step left after one pass, behind that of earlier ones.
  void add(ObservedOperand operand);
};

/// A compiled model that can be run.
class ModelExecution {
public:
  virtual ~ModelExecution() = default;

  /// Name, inputs and outputs; the rest may be missing.
  virtual const mobileone_model &model() const = 0;

  /// Runs the program for `target` on the inputs of `buffers` and fills in its
  /// outputs. The last `results[i]` operands of step i are what it computes.
  /// Nothing after reporting what keeps it from running.
  virtual std::optional<std::vector<ObservedStep>>
  run(const Target &target, const std::vector<size_t> &results,
      ModelBuffers &buffers, DiagnosticList &diagnostics) = 0;
};

} // namespace mobileone

#endif // MOBILEONE_TOOLS_MODELEXECUTION_H
