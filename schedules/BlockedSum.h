//===- BlockedSum.h - Sums of blocks of products ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SCHEDULES_BLOCKEDSUM_H
#define MOBILEONE_SCHEDULES_BLOCKEDSUM_H

#include "schedules/algorithms/Algorithms.h"

namespace mobileone::schedules {

/// A definition's sum as it is scheduled.
struct BlockedSum {
  /// What adds up products: the definition's sum or, computed within its update
  /// over `block`, the sum of each block. Its update runs over `reduction`.
  Halide::Func products;
  std::vector<Halide::RVar> reduction;
  bool isBlocked = false;
  Halide::RVar block;
};

/// Makes the sum of `definition` one of blocks where `sumBlock` says so.
///
///   for input             ->      for block
///     sum += ...                    for input in block
///                                     products += ...
///                                   sum += products
BlockedSum sumInBlocks(const Definition &definition);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_BLOCKEDSUM_H
