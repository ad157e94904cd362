//===- HalfFloat.cpp - 16-bit floating point formats ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/HalfFloat.h"

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace mobileone;

static uint32_t bitsOf(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

static float floatOf(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

/// `bits >> shift`, rounded to nearest, ties to even.
static uint32_t shiftAndRound(uint32_t bits, unsigned shift) {
  uint32_t kept = bits >> shift;
  uint32_t rest = bits & ((1u << shift) - 1), half = 1u << (shift - 1);
  return kept + (rest > half || (rest == half && (kept & 1)));
}

float mobileone::halfToFloat(uint16_t bits) {
  uint32_t sign = static_cast<uint32_t>(bits & 0x8000) << 16;
  uint32_t exponent = bits >> 10 & 0x1F, fraction = bits & 0x3FF;
  if (exponent == 0x1F)
    return floatOf(sign | 0x7F800000 | fraction << 13);
  if (exponent == 0) {
    float magnitude = std::ldexp(static_cast<float>(fraction), -24);
    return sign ? -magnitude : magnitude;
  }
  return floatOf(sign | (exponent + 112) << 23 | fraction << 13);
}

uint16_t mobileone::floatToHalf(float value) {
  uint32_t bits = bitsOf(value);
  uint16_t sign = bits >> 16 & 0x8000;
  uint32_t magnitude = bits & 0x7FFFFFFF;
  if (magnitude > 0x7F800000) // NaN; the quiet bit keeps it one.
    return sign | 0x7E00 | (magnitude >> 13 & 0x1FF);
  if (magnitude >= 0x47800000) // 2^16 and above.
    return sign | 0x7C00;
  if (magnitude >= 0x38800000) // Normal; rounding may carry into infinity.
    return sign | shiftAndRound(magnitude - (112u << 23), 13);
  if (magnitude < 0x33000000) // Less than half of the smallest.
    return sign;
  uint32_t significand = (magnitude & 0x7FFFFF) | 0x800000;
  return sign | shiftAndRound(significand, 126 - (magnitude >> 23));
}

double mobileone::roundToHalf(double value) {
  // Of normal halves that stay finite: 42 of the 52 bits after the point go.
  if (std::abs(value) >= 0x1p-14 && std::abs(value) < 65504) {
    uint64_t bits;
    std::memcpy(&bits, &value, sizeof(bits));
    constexpr uint64_t dropped = (uint64_t(1) << 42) - 1;
    bits += dropped / 2 + (bits >> 42 & 1);
    bits &= ~dropped;
    std::memcpy(&value, &bits, sizeof(bits));
    return value;
  }
  if (value == 0 || !std::isfinite(value))
    return value;
  int exponent;
  std::frexp(value, &exponent);
  // 11 bits, or what is left of them above the smallest binary16.
  int unit = std::max(exponent - 11, -24);
  double rounded = std::ldexp(std::nearbyint(std::ldexp(value, -unit)), unit);
  constexpr double largest = 65504;
  return std::abs(rounded) > largest ? std::copysign(INFINITY, value) : rounded;
}

float mobileone::bfloat16ToFloat(uint16_t bits) {
  return floatOf(static_cast<uint32_t>(bits) << 16);
}

uint16_t mobileone::floatToBfloat16(float value) {
  uint32_t bits = bitsOf(value);
  if ((bits & 0x7FFFFFFF) > 0x7F800000)
    return (bits >> 16) | 0x40;
  return shiftAndRound(bits, 16);
}
