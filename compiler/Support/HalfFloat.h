//===- HalfFloat.h - 16-bit floating point formats --------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Conversions between float and the two 16-bit formats, on their bit patterns,
// independent of the machine's own support.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SUPPORT_HALFFLOAT_H
#define MOBILEONE_SUPPORT_HALFFLOAT_H

#include <cstdint>

namespace mobileone {

/// The value of IEEE 754 binary16 `bits`. Exact; a NaN stays a NaN.
float halfToFloat(uint16_t bits);

/// Rounds to the nearest binary16, ties to even; beyond its range to infinity.
uint16_t floatToHalf(float value);

/// The nearest binary16, ties to even, rounded once; beyond its range infinity.
double roundToHalf(double value);

/// The value of bfloat16 `bits`: the upper half of a float.
float bfloat16ToFloat(uint16_t bits);

/// Rounds to the nearest bfloat16, ties to even.
uint16_t floatToBfloat16(float value);

} // namespace mobileone

#endif // MOBILEONE_SUPPORT_HALFFLOAT_H
