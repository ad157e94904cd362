//===- Elements.cpp - What a step leaves in memory ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elements.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace mobileone::measure {

static float halfToFloat(uint16_t half) {
  int exponent = half >> 10 & 31;
  float fraction = float(half & 1023);
  float magnitude = exponent == 31 ? (fraction > 0 ? NAN : INFINITY)
                    : exponent == 0
                        ? std::ldexp(fraction, -24)
                        : std::ldexp(1024 + fraction, exponent - 25);
  return half & 0x8000 ? -magnitude : magnitude;
}

float Elements::operator[](size_t index) const {
  if (bits == 16) {
    uint16_t half;
    std::memcpy(&half, &bytes[index * sizeof(half)], sizeof(half));
    return halfToFloat(half);
  }
  float value;
  std::memcpy(&value, &bytes[index * sizeof(value)], sizeof(value));
  return value;
}

/// Calls `visit` with the address of each element.
template <typename Visit>
static void forEach(const mobileone_buffer &buffer, Visit visit) {
  const mobileone_dimension *d = buffer.dim;
  int64_t bytes = buffer.type.bits / 8;
  for (int64_t y = 0; y < d[2].extent; ++y)
    for (int64_t x = 0; x < d[1].extent; ++x)
      for (int64_t c = 0; c < d[0].extent; ++c)
        visit(buffer.host +
              bytes * (c * d[0].stride + x * d[1].stride + y * d[2].stride));
}

Elements readElements(const mobileone_buffer &buffer) {
  Elements elements;
  elements.bits = buffer.type.bits;
  size_t bytes = elements.bits / 8;
  forEach(buffer, [&](const uint8_t *element) {
    elements.bytes.insert(elements.bytes.end(), element, element + bytes);
  });
  return elements;
}

void writeElements(const Elements &elements, const mobileone_buffer &buffer) {
  size_t bytes = elements.bits / 8;
  const uint8_t *next = elements.bytes.data();
  forEach(buffer, [&](uint8_t *element) {
    std::memcpy(element, next, bytes);
    next += bytes;
  });
}

bool areClose(const Elements &values, const Elements &expected) {
  if (values.bits != expected.bits ||
      values.bytes.size() != expected.bytes.size())
    return false;
  bool isHalf = expected.bits == 16;
  float ofLargest = isHalf ? 5e-3f : 1e-4f, ofValue = isHalf ? 1e-2f : 1e-3f;
  float largest = 0;
  for (size_t i = 0; i < expected.size(); ++i)
    largest = std::max(largest, std::fabs(expected[i]));
  for (size_t i = 0; i < expected.size(); ++i) {
    float allowed = ofLargest * largest + ofValue * std::fabs(expected[i]);
    // Not "greater than": a NaN is never close.
    if (!(std::fabs(values[i] - expected[i]) <= allowed))
      return false;
  }
  return true;
}

} // namespace mobileone::measure
