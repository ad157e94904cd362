//===- RegisterTile.cpp - arm64's rule ------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/arm64/RegisterTile.h"

namespace mobileone::schedules {

/// Four units, each with a multiply-add that takes four cycles, want 16
/// accumulators. Four steps of the reduction at a time load one vector of four
/// inputs per pixel and multiply by its lanes: 4 vectors x 5 pixels are 20
/// accumulators, 4 vectors of weights and 5 of inputs, 29 of 32 registers, and
/// 80 multiply-adds follow 21 loads. Rows of 14 pixels are 5 + 5 + 4, of 7 are
/// 4 + 3.
int arm64RegisterTile(const Machine &, int, RegisterTile &tile) {
  int vectors = tile.panel / tile.lanes;
  tile.vectors = vectors % 4 == 0 ? 4 : vectors % 3 == 0 ? 3 : vectors;
  // 3 x 7 is 21 + 3 + 7, 2 x 8 is 16 + 2 + 8.
  tile.pixels = tile.vectors == 4 ? 5 : tile.vectors == 3 ? 7 : 8;
  tile.unroll = 4;
  return 16;
}

} // namespace mobileone::schedules
