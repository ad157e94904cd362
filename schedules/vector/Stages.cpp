//===- Stages.cpp - Parts that vector schedules share ---------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/vector/Stages.h"
#include "schedules/BlockedSum.h"

#include <algorithm>
#include <vector>

using namespace Halide;

namespace mobileone::schedules {

static TailStrategy tailOf(int width, int part) {
  return width % part == 0 ? TailStrategy::RoundUp : TailStrategy::ShiftInwards;
}

static TailStrategy guardOf(int extent, int part) {
  return extent % part == 0 ? TailStrategy::RoundUp : TailStrategy::GuardWithIf;
}

/// for (panel, part, y, section)          for (panel, part, y, section)
///   for (pixel in section)         ->      for (pixel in 3) ...
///                                          for (pixel in 2) ...
///                                          for (pixel in 2) ...
///
/// all of them unrolled. Returns the loop over tiles.
static Var scheduleTiles(Func result, const RegisterTile &tile, int width) {
  Var c(channelName), x(columnName), y(rowName);
  Var panel("panel"), part("part"), lane("lane"), section("section");
  Var run("run"), each("tile"), i("i");
  std::vector<int> tiles = tilesOf(tile.section, tile.pixels);
  // A split has one factor. The last tile is a run of its own, so that the one
  // before it is what is left of the first run.
  int first = tiles.size() > 1 ? tile.section - tiles.back() : tile.section;
  result.compute_root()
      .split(c, panel, lane, tile.panel, TailStrategy::RoundUp)
      .split(lane, part, lane, tile.vectors * tile.lanes)
      .split(x, section, i, tile.section, tailOf(width, tile.section))
      .split(i, run, i, first, guardOf(tile.section, first))
      .split(i, each, i, tile.pixels, guardOf(first, tile.pixels))
      .reorder(lane, i, each, run, section, y, part, panel)
      .vectorize(lane, tile.lanes)
      .unroll(lane)
      .unroll(i)
      .unroll(each)
      .unroll(run);
  return each;
}

/// for step                              for steps, 16 at a time
///   sum(pixel) += input(step) * ...  ->    lanes = input(steps)
///                                          sum(pixel) += lanes[0] * ...
static void multiplyByLane(Func products, RVar step, Func input,
                           const RegisterTile &tile) {
  RVar steps("steps");
  products.update().split(step, steps, step, tile.unroll).unroll(step);
  Func lanes = input.in(products);
  Var c = lanes.args()[0], x = lanes.args()[1];
  lanes.compute_at(products, steps)
      .store_in(MemoryType::Register)
      .vectorize(c, tile.lanes)
      .unroll(c)
      .unroll(x);
}

/// Keeps a tile's sums of blocks in registers, beside a block's products.
static void scheduleBlocks(Func sum, const BlockedSum &blocks,
                           const RegisterTile &tile) {
  Var c(channelName), x(columnName);
  sum.update()
      .reorder(c, x, blocks.block)
      .vectorize(c, tile.lanes)
      .unroll(c)
      .unroll(x);
  Func products = blocks.products;
  products.compute_at(sum, blocks.block)
      .store_in(MemoryType::Register)
      .vectorize(c, tile.lanes)
      .unroll(c)
      .unroll(x);
}

void scheduleProduct(const Definition &product, Func input,
                     const Weight &filter, const RegisterTile &tile,
                     int width) {
  Var c(channelName), x(columnName);
  Func result = product.result, sum = product.sum, weights = filter.func;
  BlockedSum blocks = sumInBlocks(product);
  Func products = blocks.products;
  // A step's broadcasts stay in registers while weights pass, or the other way
  // round, whichever are fewer.
  bool keepsPixels = tile.multipliesByLane || tile.vectors > tile.pixels;
  RVar step = blocks.reduction[0];
  std::vector<VarOrRVar> order = {c, x};
  if (keepsPixels)
    order = {x, c};
  order.insert(order.end(), blocks.reduction.begin(), blocks.reduction.end());
  sum.compute_at(result, scheduleTiles(result, tile, width))
      .store_in(MemoryType::Register)
      .vectorize(c, tile.lanes)
      .unroll(c)
      .unroll(x);
  if (blocks.isBlocked)
    scheduleBlocks(sum, blocks, tile);
  products.update().reorder(order).vectorize(c, tile.lanes).unroll(c).unroll(x);
  if (tile.multipliesByLane && input.defined() && tile.unroll % tile.lanes == 0)
    multiplyByLane(products, step, input, tile);
  else if (tile.unroll > 1)
    products.update().unroll(step, std::min(tile.unroll, 4));
  // Neighbouring pixels read the same columns of an image.
  if (tile.multipliesByLane && !input.defined())
    products.update().unroll(blocks.reduction[1]);
  // Bounds inference would stage the whole panel for a part of it.
  if (keepsPixels || tile.panel != tile.vectors * tile.lanes)
    return;
  Func loaded = weights.in(products);
  Var output = loaded.args()[0];
  loaded.compute_at(products, step)
      .vectorize(output, tile.lanes)
      .unroll(output);
}

void scheduleDepthwise(const KernelRequest &request,
                       const Definition &depthwise, const Op &op) {
  int lanes = lanesOf(request.machine, op.accumulatorType);
  int pixels = evenPart(
      op.result.width,
      parameter(request, "depthwise_pixels",
                ruleOf(request.machine).depthwisePixels(request.machine)));
  Var c(channelName), x(columnName), y(rowName);
  Var vector("vector"), lane("lane"), column("column"), i("i");
  Func result = depthwise.result, sum = depthwise.sum;
  result.compute_root()
      .split(c, vector, lane, lanes, TailStrategy::RoundUp)
      .split(x, column, i, pixels, tailOf(op.result.width, pixels))
      .reorder(lane, i, vector, column, y)
      .vectorize(lane)
      .unroll(i);
  sum.compute_at(result, vector)
      .store_in(MemoryType::Register)
      .vectorize(c)
      .unroll(x);
  sum.update()
      .reorder(c, x, depthwise.reduction[0])
      .vectorize(c)
      .unroll(x)
      .unroll(depthwise.reduction[0]);
}

void scheduleElementwise(const KernelRequest &request,
                         const Definition &definition, const Operand &operand) {
  int lanes = lanesOf(request.machine, operand.type);
  bool whole = operand.strides[0] == 1 && operand.storedChannels % lanes == 0;
  lanes = whole ? lanes : 1;
  // Several sums at a time hide the latency of additions.
  int vectors = 4;
  while (operand.storedChannels % (vectors * lanes))
    vectors /= 2;
  Var c(channelName), x(columnName), y(rowName), part("part"), lane("lane");
  Func result = definition.result, sum = definition.sum;
  result.compute_root()
      .split(c, part, lane, vectors * lanes, TailStrategy::RoundUp)
      .reorder(lane, part, x, y)
      .vectorize(lane, lanes)
      .unroll(lane);
  if (!sum.defined())
    return;
  sum.compute_at(result, part).vectorize(c, lanes).unroll(c);
  sum.update()
      .reorder(c, definition.reduction[0])
      .vectorize(c, lanes)
      .unroll(c);
}

ScratchBuffer makeStrip(const KernelRequest &request, int value, Shape shape,
                        ElementType type, bool followsTile) {
  ScratchBuffer scratch;
  scratch.value = value;
  int channels = roundUp(shape.channels, request.machine.channelAlignment);
  int stride = channels +
               parameter(request, "strip_pad", channels / 16 % 2 == 0 ? 16 : 0);
  scratch.operand.shape = shape;
  scratch.operand.type = type;
  scratch.operand.storedChannels = channels;
  scratch.operand.strides = {1, stride, stride * shape.width};
  scratch.followsTile = followsTile;
  return scratch;
}

} // namespace mobileone::schedules
