//===- Layer.cpp - Fully connected layers ---------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/vector/Layer.h"
#include "schedules/BlockedSum.h"

using namespace Halide;

namespace mobileone::schedules {

void scheduleLayer(const Definition &layer, int panel, int lanes,
                   TailStrategy tail) {
  Var c(channelName), part("part"), lane("lane");
  Func result = layer.result, sum = layer.sum;
  result.compute_root()
      .split(c, part, lane, panel, tail)
      .vectorize(lane, lanes);
  // Each copy of a guarded vector would have its guard.
  if (tail != TailStrategy::GuardWithIf)
    result.unroll(lane);
  sum.compute_at(result, part)
      .align_bounds(c, panel)
      .bound_extent(c, panel)
      .store_in(MemoryType::Register)
      .vectorize(c, lanes)
      .unroll(c);
  BlockedSum blocks = sumInBlocks(layer);
  Func products = blocks.products;
  if (blocks.isBlocked) {
    sum.update().reorder(c, blocks.block).vectorize(c, lanes).unroll(c);
    products.compute_at(sum, blocks.block)
        .store_in(MemoryType::Register)
        .vectorize(c, lanes)
        .unroll(c);
  }
  RVar input = blocks.reduction[0];
  products.update().reorder(c, input).vectorize(c, lanes).unroll(c).unroll(
      input, 4);
}

} // namespace mobileone::schedules
