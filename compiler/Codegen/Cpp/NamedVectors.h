//===- NamedVectors.h - Arrays that become registers ------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A register-blocked kernel keeps its accumulators in a small allocation whose
// accesses are all at constant places once its loops are unrolled:
//
//   allocate sums[float32 * 32 * 14]
//   sums[ramp(16, 1, 16)] = sums[ramp(16, 1, 16)] + ...
//
// Printed as an array, g++ leaves such accumulators in memory. Printed as one
// variable per vector, every compiler keeps them in registers:
//
//   f32x16 sums_1_0;
//   sums_1_0 += ...
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CPP_NAMEDVECTORS_H
#define MOBILEONE_CODEGEN_CPP_NAMEDVECTORS_H

#include "Halide.h"

#include <map>
#include <string>
#include <vector>

namespace mobileone {

/// One variable that stands for `type.lanes()` elements of an allocation.
struct NamedVector {
  Halide::Type type;
  /// What to append to the allocation's name: "_1_0".
  std::string suffix;
  /// The first access is an unconditional store at the allocation's own
  /// nesting level: the variable can be declared there, with its value.
  bool declaredByStore = false;
  /// Something other than the variable's own update reads it. Bounds that a
  /// schedule rounds up to whole panels leave some without a reader.
  bool isRead = false;
};

/// The variables that replace `allocation`, by their first element; empty if it
/// must stay an array: an access at a variable place, under a predicate, or of
/// elements that another access overlaps in part.
std::map<int64_t, NamedVector>
namedVectors(const Halide::Internal::Allocate &allocation);

/// `allocation` with those short loops unrolled whose variable says which of
/// its elements are accessed, as the loops over a tail's vectors do:
///
///   for (i, 0, 2) out[...] = sums[ramp(i * 8, 1, 8)]
///   -> out[...] = sums[ramp(0, 1, 8)]; out[...] = sums[ramp(8, 1, 8)]
Halide::Internal::Stmt
unrollAccesses(const Halide::Internal::Allocate &allocation);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CPP_NAMEDVECTORS_H
