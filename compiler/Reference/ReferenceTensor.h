//===- ReferenceTensor.h - A tensor of the interpreter ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_REFERENCE_REFERENCETENSOR_H
#define MOBILEONE_REFERENCE_REFERENCETENSOR_H

#include <cstdint>
#include <vector>

namespace mobileone {

/// Values in double, whatever the IR's element type; dense, row-major.
struct ReferenceTensor {
  std::vector<int64_t> shape;
  std::vector<double> values;
};

} // namespace mobileone

#endif // MOBILEONE_REFERENCE_REFERENCETENSOR_H
