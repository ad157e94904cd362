//===- OperationCounts.h - What a core must do ------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_ESTIMATE_OPERATIONCOUNTS_H
#define MOBILEONE_ESTIMATE_OPERATIONCOUNTS_H

#include <cstdint>
#include <nlohmann/json_fwd.hpp>

namespace mobileone {

/// Instructions by what they occupy in a core. One may count several times: a
/// multiply-add with a memory operand is a load, a multiplication and SIMD.
struct OperationCounts {
  uint64_t instructions = 0;
  /// Places in the front end's width: a pair of loads takes two, a comparison
  /// and its branch one.
  uint64_t slots = 0;
  /// In SIMD and floating-point pipes, those below included. Moves between
  /// registers and zeroing are done by renaming and left out.
  uint64_t simd = 0;
  uint64_t multiplies = 0;   ///< Floating-point ones, fused or not; products.
  uint64_t multiplyAdds = 0; ///< Fused ones and dot products.
  /// Accesses of one register each, of any kind and of vectors.
  uint64_t loads = 0, vectorLoads = 0, stores = 0, vectorStores = 0;
  uint64_t branches = 0;

  OperationCounts &operator+=(const OperationCounts &other) {
    return add(other, 1);
  }
  /// Adds all of `other` `times` times.
  OperationCounts &add(const OperationCounts &other, uint64_t times);
  /// Whether no count of `other` is larger; only then they can be taken away.
  bool contains(const OperationCounts &other) const;
  OperationCounts &operator-=(const OperationCounts &other);
  /// An equal part of them for each of `parts`.
  OperationCounts dividedBy(uint64_t parts) const;
};

/// The classes of `counts`, by name.
nlohmann::ordered_json countsAsJson(const OperationCounts &counts);

} // namespace mobileone

#endif // MOBILEONE_ESTIMATE_OPERATIONCOUNTS_H
