//===- WeightUses.h - Which weights the IR names ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_DIALECT_WEIGHTUSES_H
#define MOBILEONE_DIALECT_WEIGHTUSES_H

#include "mlir/IR/Operation.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mobileone {

/// What a weight is for.
enum class WeightPart {
  Filter,
  Bias,
  BatchNormScale,
  BatchNormShift,
  BatchNormMean,
  BatchNormVariance
};

/// One weight that an operation reads.
struct WeightUse {
  mlir::Operation *user;
  std::string name;
  std::vector<int64_t> shape;
  WeightPart part;
};

/// The weights that `op` itself reads, in the order of its text; nested
/// operations are not looked at.
std::vector<WeightUse> weightsOf(mlir::Operation *op);

/// All weights that `root` and the operations inside it read, in program
/// order; a weight that is read twice is there twice.
std::vector<WeightUse> requiredWeights(mlir::Operation *root);

} // namespace mobileone

#endif // MOBILEONE_DIALECT_WEIGHTUSES_H
