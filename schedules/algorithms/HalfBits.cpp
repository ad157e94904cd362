//===- HalfBits.cpp - Half precision without its type ---------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedules/algorithms/Algorithms.h"

using namespace Halide;

namespace mobileone::schedules {

static Expr bits(uint32_t value) {
  return Internal::make_const(UInt(32), value);
}

/// A half's exponent and fraction, moved to where a float has them, are a float
/// that is 2^112 times too small.
Expr halfToFloat(Expr half) {
  Expr wide = cast<uint32_t>(half);
  Expr magnitude = (wide & bits(0x7fff)) << bits(13);
  Expr isFinite = (wide & bits(0x7c00)) != bits(0x7c00);
  Expr finite = reinterpret<uint32_t>(reinterpret<float>(magnitude) *
                                      reinterpret<float>(bits(0x77800000)));
  Expr value = select(isFinite, finite, magnitude | bits(0x7f800000));
  return reinterpret<float>(value | (wide & bits(0x8000)) << bits(16));
}

/// To the nearest, to even in the middle. Below 2^-14 an addition rounds: of
/// 0.5, whose last bit is worth what that of such a half is.
Expr floatToHalf(Expr value) {
  Expr wide = reinterpret<uint32_t>(value);
  Expr magnitude = wide & bits(0x7fffffff);
  Expr isOdd = (magnitude >> bits(13)) & bits(1);
  Expr normal =
      min((magnitude - bits(0x38000000) + bits(0xfff) + isOdd) >> bits(13),
          bits(0x7c00));
  Expr small = reinterpret<uint32_t>(reinterpret<float>(magnitude) + 0.5f) -
               bits(0x3f000000);
  Expr number = select(magnitude < bits(0x38800000), small, normal);
  Expr result = select(magnitude > bits(0x7f800000), bits(0x7e00), number);
  return cast<uint16_t>(result | ((wide >> bits(16)) & bits(0x8000)));
}

} // namespace mobileone::schedules
