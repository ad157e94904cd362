//===- Stages.cpp - Parts that x86 schedules share ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/x86/Stages.h"

#include <algorithm>
#include <vector>

using namespace Halide;

namespace mobileone::schedules {

int lanesOf(const Machine &machine) {
  return std::min(machine.vectorBytes / 4, 16);
}

int evenPart(int width, int limit) {
  return ceilDivide(width, ceilDivide(width, limit));
}

/// Pixels of a section's tiles. The last two share what does not fill both: 7
/// in tiles of 3 are 3 + 2 + 2.
static std::vector<int> tilesOf(int section, int pixels) {
  std::vector<int> tiles(section / pixels, pixels);
  int rest = section % pixels;
  if (rest == 0)
    return tiles;
  if (tiles.empty())
    return {rest};
  tiles.back() = ceilDivide(pixels + rest, 2);
  tiles.push_back((pixels + rest) / 2);
  return tiles;
}

/// The section that makes a row cheapest, counted in multiply-adds that could
/// be issued. Where no section divides the row, the last one starts earlier.
static int chooseSection(const RegisterTile &tile, int width) {
  // Longer ones make much code.
  constexpr int longest = 16;
  // With two multiply-adds a cycle that take four each, eight accumulators
  // would just do; measured, they take longer than their share of twelve.
  constexpr int fewestAccumulators = 9;
  int best = tile.pixels, least = 0;
  for (int section = tile.pixels; section <= std::min(width, longest);
       ++section) {
    int cost = 0;
    for (int pixels : tilesOf(section, tile.pixels))
      cost += std::max(tile.vectors * pixels, fewestAccumulators);
    cost *= ceilDivide(width, section);
    if (least == 0 || cost < least) {
      best = section;
      least = cost;
    }
  }
  return best;
}

/// As many accumulators as the registers hold: the more, the fewer loads per
/// multiply-add, of which a core issues two each in a cycle.
static void chooseVectorsAndPixels(RegisterTile &tile, int width,
                                   bool manyRegisters) {
  if (manyRegisters) {
    tile.vectors = tile.panel / tile.lanes;
    tile.pixels = tile.vectors == 3 ? 8 : 14;
  } else if (tile.panel == 16) {
    tile.vectors = 2;
    tile.pixels = width % 4 == 0 ? 4 : 5;
  } else {
    tile.vectors = tile.panel == 48 ? 3 : 4;
    tile.pixels = tile.panel == 48 ? 4 : 3;
  }
}

RegisterTile chooseRegisterTile(const KernelRequest &request, int outputs,
                                int width) {
  RegisterTile tile;
  tile.lanes = lanesOf(request.machine);
  int groups = outputs / 16;
  tile.panel = groups % 2 == 0 ? 32 : groups % 3 == 0 ? 48 : 16;
  chooseVectorsAndPixels(tile, width, request.machine.vectorRegisters >= 32);
  tile.vectors = parameter(request, "vectors", tile.vectors);
  tile.pixels = evenPart(width, parameter(request, "pixels", tile.pixels));
  tile.section = chooseSection(tile, width);
  tile.unroll = parameter(request, "unroll", 1);
  return tile;
}

std::vector<Parameter> registerTileParameters(const KernelRequest &request,
                                              int outputs, int width) {
  KernelRequest standard = request;
  standard.parameters.clear();
  RegisterTile tile = chooseRegisterTile(standard, outputs, width);
  std::vector<int> vectors;
  for (int count = 1; count * tile.lanes <= tile.panel; ++count)
    if (tile.panel % (count * tile.lanes) == 0)
      vectors.push_back(count);
  int registers = request.machine.vectorRegisters;
  return {makeParameter("vectors", vectors, tile.vectors),
          partsParameter("pixels", width, registers - 2, 1, tile.pixels),
          makeParameter("unroll", {2, 4}, tile.unroll)};
}

bool fitsRegisters(const Machine &machine, const RegisterTile &tile) {
  return tile.vectors * tile.pixels + std::min(tile.vectors, tile.pixels) + 1 <=
         machine.vectorRegisters;
}

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

void scheduleProduct(const Definition &product, const Weight &filter,
                     const RegisterTile &tile, int width) {
  Var c(channelName), x(columnName);
  Func result = product.result, sum = product.sum, weights = filter.func;
  // A step's broadcasts stay in registers while weights pass, or the other way
  // round, whichever are fewer.
  bool keepsPixels = tile.vectors > tile.pixels;
  RVar input = product.reduction[0];
  std::vector<VarOrRVar> order = {c, x};
  if (keepsPixels)
    order = {x, c};
  for (int d = 0; d < product.reduction.dimensions(); ++d)
    order.push_back(product.reduction[d]);
  sum.compute_at(result, scheduleTiles(result, tile, width))
      .store_in(MemoryType::Register)
      .vectorize(c, tile.lanes)
      .unroll(c)
      .unroll(x);
  sum.update().reorder(order).vectorize(c, tile.lanes).unroll(c).unroll(x);
  if (tile.unroll > 1)
    sum.update().unroll(input, tile.unroll);
  // Bounds inference would stage the whole panel for a part of it.
  if (keepsPixels || tile.panel != tile.vectors * tile.lanes)
    return;
  Func loaded = weights.in(sum);
  Var output = loaded.args()[0];
  loaded.compute_at(sum, input).vectorize(output, tile.lanes).unroll(output);
}

int depthwisePixels(const Machine &machine) {
  return machine.vectorRegisters >= 32 ? 8 : 4;
}

void scheduleDepthwise(const KernelRequest &request,
                       const Definition &depthwise, const Op &op) {
  int lanes = lanesOf(request.machine);
  int pixels =
      evenPart(op.result.width, parameter(request, "depthwise_pixels",
                                          depthwisePixels(request.machine)));
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
  int lanes = lanesOf(request.machine);
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
                        bool followsTile) {
  ScratchBuffer scratch;
  scratch.value = value;
  int channels = roundUp(shape.channels, request.machine.channelAlignment);
  int stride = channels +
               parameter(request, "strip_pad", channels / 16 % 2 == 0 ? 16 : 0);
  scratch.operand.shape = shape;
  scratch.operand.storedChannels = channels;
  scratch.operand.strides = {1, stride, stride * shape.width};
  scratch.followsTile = followsTile;
  return scratch;
}

} // namespace mobileone::schedules
