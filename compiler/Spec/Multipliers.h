//===- Multipliers.h - Widths as the paper writes them ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SPEC_MULTIPLIERS_H
#define MOBILEONE_SPEC_MULTIPLIERS_H

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace mobileone {

/// The stem never has more channels than this, whatever its multiplier.
constexpr int64_t stemBaseChannels = 64;

/// 64, 128, 256, 512 for the first four stages, 512 for all further ones.
/// `stage` counts from 0.
constexpr int64_t stageBaseChannels(size_t stage) {
  return int64_t(64) << std::min<size_t>(stage, 3);
}

/// `base * multiplier`, rounded down.
constexpr int64_t stageChannelsOf(size_t stage, double multiplier) {
  return static_cast<int64_t>(stageBaseChannels(stage) * multiplier);
}

constexpr int64_t stemChannelsOf(double multiplier) {
  return std::min(stemBaseChannels,
                  static_cast<int64_t>(stemBaseChannels * multiplier));
}

} // namespace mobileone

#endif // MOBILEONE_SPEC_MULTIPLIERS_H
