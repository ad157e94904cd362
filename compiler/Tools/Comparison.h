//===- Comparison.h - Two tensors that should be equal ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_COMPARISON_H
#define MOBILEONE_TOOLS_COMPARISON_H

#include "compiler/Transforms/Precision.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mobileone {

/// A value fits if |found - expected| <= absolute + relative * |expected|.
struct Tolerance {
  double absolute = 1e-4, relative = 1e-3;
};

/// What networks of `precision` are held to.
Tolerance toleranceOf(Precision precision);

struct Comparison {
  std::string name;    ///< "stage1.0+stage1.1", "logits".
  std::string against; ///< What it was compared with: "planned form".
  size_t elements = 0;
  size_t mismatches = 0;
  double maxAbsolute = 0, maxRelative = 0;
  /// The element that misses the tolerance by most, or comes closest to it.
  std::vector<int64_t> worstIndex;
  double worstFound = 0, worstExpected = 0;

  bool passed() const { return mismatches == 0; }
};

/// `found` and `expected` are row-major and have `shape`. NaN fits nothing.
/// Relative errors are those of expected values above `tolerance.absolute`.
Comparison compareTensors(const std::vector<double> &found,
                          const std::vector<double> &expected,
                          const std::vector<int64_t> &shape,
                          const Tolerance &tolerance);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_COMPARISON_H
