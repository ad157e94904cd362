//===- RandomData.h - Seeded inputs and weights for any IR ------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_REFERENCE_RANDOMDATA_H
#define MOBILEONE_REFERENCE_RANDOMDATA_H

#include "compiler/Reference/ReferenceTensor.h"
#include "compiler/Weights/WeightStore.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <cstdint>
#include <vector>

namespace mobileone {

/// Adds every weight that `root` names, replacing those that are there. Values
/// depend on `seed` and the weight's name only; they keep activations near unit
/// scale, and no part of a batch norm is trivial.
void addRandomWeights(mlir::Operation *root, uint64_t seed,
                      WeightStore &weights);

/// One input per argument of `function`: floats in [-1, 1], integers over all
/// of u8's range.
std::vector<ReferenceTensor> randomInputs(mlir::func::FuncOp function,
                                          uint64_t seed);

} // namespace mobileone

#endif // MOBILEONE_REFERENCE_RANDOMDATA_H
