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
/// accumulators. A vector of inputs serves as many steps of the reduction as it
/// has lanes: 4 vectors x 5 pixels are 20 accumulators, 4 vectors of weights
/// and 5 of inputs, 29 of 32 registers; 2 x 8 are 16 and, weights coming four
/// at a time, 4 and 8. Rows of 14 pixels are 5 + 5 + 4, of 7 are 4 + 3. Inputs
/// of 16 steps come as two pairs of floats per pixel, or one of halves: 320
/// multiply-adds follow 64 vectors of weights and 10 or 5 pairs of inputs. A
/// tile's weights are a panel, so that all of them lie in a row.
static int registerTile(const Machine &, int outputs, int, RegisterTile &tile) {
  tile.vectors = outputs / tile.lanes % 4 == 0 ? 4 : 2;
  tile.pixels = tile.vectors == 4 ? 5 : 8;
  tile.panel = tile.vectors * tile.lanes;
  tile.unroll = 16;
  tile.multipliesByLane = true;
  return 16;
}

static int depthwisePixels(const Machine &) { return 14; }

/// Its cores see by themselves that weights lie in a row.
const MachineRule arm64Rule = {registerTile, depthwisePixels, false};

} // namespace mobileone::schedules
