//===- Elements.h - What a step leaves in memory ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_MEASURE_ELEMENTS_H
#define MOBILEONE_RUNTIME_TOOLS_MEASURE_ELEMENTS_H

#include "mobileone/model_abi.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mobileone::measure {

/// What an operand of f32 or f16 covers, channel by channel, then x, then y.
struct Elements {
  unsigned bits = 32; ///< Of one.
  std::vector<uint8_t> bytes;

  size_t size() const { return bytes.size() / (bits / 8); }
  float operator[](size_t index) const;
};

/// Copies elements out of and into an operand's memory.
Elements readElements(const mobileone_buffer &buffer);
void writeElements(const Elements &elements, const mobileone_buffer &buffer);

/// Whether `values` may be what another order of the same sums makes: within
/// 1e-3 of a value and 1e-4 of the largest, and 1e-2 and 5e-3 for halves.
bool areClose(const Elements &values, const Elements &expected);

} // namespace mobileone::measure

#endif // MOBILEONE_RUNTIME_TOOLS_MEASURE_ELEMENTS_H
