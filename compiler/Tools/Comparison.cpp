//===- Comparison.cpp - Two tensors that should be equal ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Comparison.h"

#include <algorithm>
#include <cassert>
#include <cmath>

using namespace mobileone;

Tolerance mobileone::toleranceOf(Precision precision) {
  switch (precision) {
  case Precision::F32:
    return {};
  case Precision::F16:
    return {5e-3, 1e-2};
  }
  return {};
}

static std::vector<int64_t> indexOf(size_t element,
                                    const std::vector<int64_t> &shape) {
  std::vector<int64_t> index(shape.size());
  for (size_t d = shape.size(); d-- > 0;) {
    index[d] = int64_t(element) % shape[d];
    element /= shape[d];
  }
  return index;
}

Comparison mobileone::compareTensors(const std::vector<double> &found,
                                     const std::vector<double> &expected,
                                     const std::vector<int64_t> &shape,
                                     const Tolerance &tolerance) {
  assert(found.size() == expected.size() && "tensors of one shape");
  Comparison result;
  result.elements = found.size();
  double worst = -1;
  size_t worstElement = 0;
  for (size_t i = 0; i < found.size(); ++i) {
    double size = std::abs(expected[i]);
    double error = std::abs(found[i] - expected[i]);
    // Infinity where a comparison would say nothing.
    if (std::isnan(error))
      error = INFINITY;
    double allowed = tolerance.absolute + tolerance.relative * size;
    result.mismatches += !(error <= allowed);
    result.maxAbsolute = std::max(result.maxAbsolute, error);
    if (size > tolerance.absolute)
      result.maxRelative = std::max(result.maxRelative, error / size);
    if (error / allowed > worst || std::isnan(allowed)) {
      worst = error / allowed;
      worstElement = i;
    }
  }
  if (found.empty())
    return result;
  result.worstIndex = indexOf(worstElement, shape);
  result.worstFound = found[worstElement];
  result.worstExpected = expected[worstElement];
  return result;
}
