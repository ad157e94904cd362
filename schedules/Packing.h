//===- Packing.h - What layouts are made of ---------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_PACKING_H
#define MOBILEONE_SCHEDULES_PACKING_H

#include "schedules/Schedule.h"

#include <string>

namespace mobileone::schedules {

inline int ceilDivide(int value, int by) { return (value + by - 1) / by; }
inline int roundUp(int value, int to) { return ceilDivide(value, to) * to; }

/// `request`'s override of the parameter `name`, or `otherwise`.
int parameter(const KernelRequest &request, const std::string &name,
              int otherwise);

/// Cuts `height` rows into tiles of `rows`.
void tileRows(KernelLayout &layout, int height, int rows);

/// The parameter `name` for cutting `extent` into equal parts of at most
/// `limit`, the last one may be smaller, and at least `fewest` parts.
Parameter partsParameter(const std::string &name, int extent, int limit,
                         int fewest, int standard);

/// A parameter with these values and `standard`, ascending and once each.
Parameter makeParameter(const std::string &name, std::vector<int> values,
                        int standard);

/// The rows of a tile, more than half of `limit` up to `limit` >= 1, that leave
/// the busier of two threads least to do: 7 of up to 12 where there are 56,
/// since 12 are five tiles, three for one thread.
int balancedTileRows(int height, int limit);

/// The parameter `tile_rows` for `height` rows: as many tiles as `standard`
/// makes, so that threads have work, to 16; tiles of at most `limit` rows that
/// two threads share as well as those of `standard`.
Parameter tileRowsParameter(int height, int limit, int standard);

/// The parameter `channel_tiles`: the numbers of tiles from the schedule's own
/// to 16 that `tileCount` makes when it is asked for them.
Parameter channelTilesParameter(KernelRequest request,
                                int (*tileCount)(const KernelRequest &request));

struct PackingChoice {
  int panel;           ///< Of filters that are not depthwise.
  int inputAlignment;  ///< Of paddedInputs.
  int outputAlignment; ///< Of paddedOutputs, beside the panel.
};

/// How `operand` of `request` is packed; depthwise filters as DepthwiseTaps.
WeightPacking packing(const KernelRequest &request,
                      const WeightOperand &operand, PackingChoice choice);

/// One filter per channel.
bool isDepthwise(const KernelRequest &request, const Op &op);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_PACKING_H
