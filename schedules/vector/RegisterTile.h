//===- RegisterTile.h - What a product keeps in registers -------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A matrix product computes tiles whose accumulators stay in registers. How
// large they are is a matter of arithmetic with the numbers of registers, of
// multiply-adds and of loads that a core issues: each family of machines has a
// rule in its folder.
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_VECTOR_REGISTERTILE_H
#define MOBILEONE_SCHEDULES_VECTOR_REGISTERTILE_H

#include "schedules/Schedule.h"

namespace mobileone::schedules {

/// Elements in a vector register of what calculates in `type`: halves only
/// where the machine does. Channels are padded to whole vectors.
int lanesOf(const Machine &machine, ElementType type = ElementType::F32);

/// What a matrix product computes between loads and stores of its
/// accumulators: `vectors` vectors of output channels for `pixels` pixels.
struct RegisterTile {
  int lanes;   ///< Accumulators in a vector.
  int panel;   ///< Outputs whose weights lie together; whole tiles.
  int vectors; ///< Per tile.
  int pixels;  ///< Per tile; the last two of a section may have fewer.
  int section; ///< Pixels of a row whose tiles follow each other unrolled.
  int unroll;  ///< Of the reduction.
  /// Inputs are loaded `unroll` channels at a time and multiplied lane by lane,
  /// not broadcast one by one.
  bool multipliesByLane = false;
};

/// The tile for `outputs` (padded) output channels on rows of `width` pixels,
/// added up in `type`.
RegisterTile chooseRegisterTile(const KernelRequest &request, ElementType type,
                                int outputs, int width);

/// What a family of machines decides on its own.
struct MachineRule {
  /// The tile for `outputs` channels, padded, on rows of `width` pixels. `tile`
  /// has lanes; the rule sets all but the section, pixels to the most there may
  /// be, and returns how many accumulators keep the machine's multiply-add
  /// units busy.
  int (*registerTile)(const Machine &machine, int outputs, int width,
                      RegisterTile &tile);
  /// Pixels that a depthwise convolution computes at a time at most.
  int (*depthwisePixels)(const Machine &machine);
  /// Whether products fetch weights ahead by themselves.
  bool fetchesWeightsAhead;
};

/// The rule of the machine's family.
const MachineRule &ruleOf(const Machine &machine);

/// Largest extent <= `limit` that cuts `width` into parts of about one size.
int evenPart(int width, int limit);

/// The parameters of `chooseRegisterTile`.
std::vector<Parameter> registerTileParameters(const KernelRequest &request,
                                              ElementType type, int outputs,
                                              int width);

/// Whether the accumulators of `tile` fit the registers beside its vectors of
/// weights and one broadcast, or its broadcasts and one vector of weights.
bool fitsRegisters(const Machine &machine, const RegisterTile &tile);

/// Pixels of a section's tiles. The last two share what does not fill both: 7
/// in tiles of 3 are 3 + 2 + 2.
std::vector<int> tilesOf(int section, int pixels);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_VECTOR_REGISTERTILE_H
