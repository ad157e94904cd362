//===- RegisterTile.cpp - x86-64's rule -----------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/x86/RegisterTile.h"

namespace mobileone::schedules {

/// As many accumulators as the registers hold: the more, the fewer loads per
/// multiply-add, of which a core issues two each in a cycle. On wide maps the
/// broadcasts are operands of AVX-512's multiply-adds, one each: fewer
/// instructions, and stores, which wait for memory there, come a few at a time.
static int registerTile(const Machine &machine, int outputs, int width,
                        RegisterTile &tile) {
  int groups = outputs / 16;
  tile.panel = groups % 2 == 0 ? 32 : groups % 3 == 0 ? 48 : 16;
  tile.unroll = 1;
  if (machine.vectorRegisters >= 32) {
    tile.vectors = width >= 56 ? 1 : tile.panel / tile.lanes;
    tile.pixels = tile.vectors == 3 ? 8 : 14;
  } else if (tile.panel == 16) {
    tile.vectors = 2;
    tile.pixels = width % 4 == 0 ? 4 : 5;
  } else {
    tile.vectors = tile.panel == 48 ? 3 : 4;
    tile.pixels = tile.panel == 48 ? 4 : 3;
  }
  // With two multiply-adds a cycle that take four each, eight accumulators
  // would just do; measured, they take longer than their share of twelve.
  return 9;
}

static int depthwisePixels(const Machine &machine) {
  return machine.vectorRegisters >= 32 ? 8 : 4;
}

const MachineRule x86Rule = {registerTile, depthwisePixels, true};

} // namespace mobileone::schedules
