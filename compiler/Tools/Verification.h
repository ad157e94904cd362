//===- Verification.h - Library against reference ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compares, for each program of a compiled model, what every kernel left in
// memory with the interpreter's results on the planned form, then the outputs
// with those of the network as trained, and both with tensors from elsewhere.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_VERIFICATION_H
#define MOBILEONE_TOOLS_VERIFICATION_H

#include "compiler/Pipelines/Compile.h"
#include "compiler/Tools/Comparison.h"
#include "compiler/Tools/ExpectedTensors.h"
#include "compiler/Tools/ModelExecution.h"
#include "compiler/Tools/Progress.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mobileone {

struct TargetVerification {
  std::string target;
  std::vector<Comparison> comparisons; ///< Kernels in order, then outputs.
};

struct Verification {
  std::string model;
  Tolerance tolerance;
  std::vector<TargetVerification> targets;
  /// Below f32: by how much each output of the network as trained changes when
  /// it is rounded to that precision and all else is exact.
  std::vector<std::pair<std::string, double>> rounding;
  /// Of the expected tensors, those that the library keeps in no memory.
  std::vector<std::string> notCompared;

  bool passed() const;
};

/// `execution` runs the library that `compiled` wrote. `expected` may be empty;
/// its `input`, if it is not, takes the place of random values from `seed`.
/// Differences are results; reported is what keeps from comparing.
std::optional<Verification> verify(const CompileResult &compiled,
                                   ModelExecution &execution,
                                   const ExpectedTensors &expected,
                                   uint64_t seed, Progress &progress,
                                   DiagnosticList &diagnostics);

std::string verificationAsText(const Verification &verification);
std::string verificationAsJson(const Verification &verification);

/// Reports the first layer of each target that differs, as VerificationFailed.
void reportDifferences(const Verification &verification,
                       DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_VERIFICATION_H
