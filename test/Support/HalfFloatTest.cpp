//===- HalfFloatTest.cpp - 16-bit floating point formats ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/HalfFloat.h"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>

using namespace mobileone;

static float floatOf(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

/// By the definition of the format, independent of the code.
static double halfByDefinition(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double magnitude = exponent == 0 ? std::ldexp(fraction, -24)
                                   : std::ldexp(1024 + fraction, exponent - 25);
  if (exponent == 31)
    magnitude = std::numeric_limits<double>::infinity();
  return bits & 0x8000 ? -magnitude : magnitude;
}

static bool isHalfNaN(uint16_t bits) { return (bits & 0x7FFF) > 0x7C00; }

TEST(HalfFloat, EveryHalfHasItsValueAndComesBack) {
  for (uint32_t bits = 0; bits <= 0xFFFF; ++bits) {
    float value = halfToFloat(bits);
    if (isHalfNaN(bits)) {
      EXPECT_TRUE(std::isnan(value));
      EXPECT_TRUE(isHalfNaN(floatToHalf(value)));
      continue;
    }
    ASSERT_EQ(value, halfByDefinition(bits)) << bits;
    ASSERT_EQ(std::signbit(value), (bits & 0x8000) != 0) << bits;
    ASSERT_EQ(floatToHalf(value), bits);
  }
}

TEST(HalfFloat, RoundsToTheNearestWithTiesToEven) {
  for (uint16_t bits = 0; bits < 0x7BFF; ++bits) {
    float low = halfToFloat(bits), high = halfToFloat(bits + 1);
    float middle = (low + high) / 2; // Exact.
    ASSERT_EQ(floatToHalf(middle), bits % 2 == 0 ? bits : bits + 1) << bits;
    ASSERT_EQ(floatToHalf(std::nextafter(middle, low)), bits) << bits;
    ASSERT_EQ(floatToHalf(std::nextafter(middle, high)), bits + 1) << bits;
    ASSERT_EQ(floatToHalf(-std::nextafter(middle, high)), 0x8000 | (bits + 1));
  }
}

TEST(HalfFloat, RoundsDoublesOnce) {
  for (uint16_t bits = 0; bits < 0x7BFF; ++bits) {
    double low = halfToFloat(bits), high = halfToFloat(bits + 1);
    double middle = (low + high) / 2;
    ASSERT_EQ(roundToHalf(low), low);
    ASSERT_EQ(roundToHalf(middle), bits % 2 == 0 ? low : high) << bits;
    // What a float would round to the middle.
    ASSERT_EQ(roundToHalf(std::nextafter(middle, low)), low) << bits;
    ASSERT_EQ(roundToHalf(-std::nextafter(middle, high)), -high) << bits;
  }
  EXPECT_EQ(roundToHalf(std::nextafter(65520.0, 0.0)), 65504);
  EXPECT_EQ(roundToHalf(65520.0), INFINITY);
  EXPECT_EQ(roundToHalf(-1e300), -INFINITY);
  EXPECT_EQ(roundToHalf(1e-300), 0);
  EXPECT_TRUE(std::isnan(roundToHalf(NAN)));
}

TEST(HalfFloat, OverflowsToInfinity) {
  EXPECT_EQ(floatToHalf(65504.0f), 0x7BFF);
  EXPECT_EQ(floatToHalf(std::nextafter(65520.0f, 0.0f)), 0x7BFF);
  EXPECT_EQ(floatToHalf(65520.0f), 0x7C00);
  EXPECT_EQ(floatToHalf(1e30f), 0x7C00);
  EXPECT_EQ(floatToHalf(-INFINITY), 0xFC00);
}

TEST(HalfFloat, KeepsNaNs) {
  // The fraction lies in the bits that rounding drops.
  EXPECT_TRUE(isHalfNaN(floatToHalf(floatOf(0x7F800001))));
  EXPECT_TRUE(isHalfNaN(floatToHalf(floatOf(0xFFFFFFFF))));
  EXPECT_TRUE(
      std::isnan(bfloat16ToFloat(floatToBfloat16(floatOf(0x7F800001)))));
  EXPECT_TRUE(
      std::isnan(bfloat16ToFloat(floatToBfloat16(floatOf(0x7FFFFFFF)))));
}

TEST(HalfFloat, EveryBfloat16ComesBack) {
  for (uint32_t bits = 0; bits <= 0xFFFF; ++bits) {
    float value = bfloat16ToFloat(bits);
    if (!std::isnan(value)) {
      ASSERT_EQ(floatToBfloat16(value), bits);
    }
  }
  EXPECT_EQ(bfloat16ToFloat(0x3F80), 1.0f);
  EXPECT_EQ(bfloat16ToFloat(0xC040), -3.0f);
}

TEST(HalfFloat, RoundsToTheNearestBfloat16) {
  EXPECT_EQ(floatToBfloat16(floatOf(0x3F808000)), 0x3F80); // Tie to even.
  EXPECT_EQ(floatToBfloat16(floatOf(0x3F818000)), 0x3F82);
  EXPECT_EQ(floatToBfloat16(floatOf(0x3F808001)), 0x3F81);
  EXPECT_EQ(floatToBfloat16(floatOf(0x3F807FFF)), 0x3F80);
  EXPECT_EQ(floatToBfloat16(floatOf(0x7F7FFFFF)), 0x7F80); // To infinity.
  EXPECT_EQ(floatToBfloat16(floatOf(0xFF7F8000)), 0xFF80);
}
