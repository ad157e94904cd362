//===- Precision.h - What a network computes in -----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TRANSFORMS_PRECISION_H
#define MOBILEONE_TRANSFORMS_PRECISION_H

#include "compiler/Weights/WeightStore.h"

#include "mlir/IR/Operation.h"

#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// What activations and filters are kept in. The caller's tensors, biases and
/// sums over rows are f32 in all of them.
enum class Precision { F32, F16 };

/// "f32", "f16".
const char *precisionName(Precision precision);
std::vector<std::string> precisionNames();
std::optional<Precision> precisionOfName(const std::string &name);

/// A filter that half precision cannot hold.
struct UnfitWeight {
  std::string name;
  double value; ///< Its first that is finite and beyond the range.
};

/// The filters under `root` with values beyond 65504, the largest half.
std::vector<UnfitWeight> weightsBeyondHalf(mlir::Operation *root,
                                           const WeightStore &weights);

} // namespace mobileone

#endif // MOBILEONE_TRANSFORMS_PRECISION_H
