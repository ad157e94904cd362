//===- Stages.cpp - Parts that x86 schedules share ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/x86/Stages.h"

#include <algorithm>

using namespace Halide;

namespace mobileone::schedules {

int lanesOf(const Machine &machine) {
  return std::min(machine.vectorBytes / 4, 16);
}

int evenPart(int width, int limit) {
  return ceilDivide(width, ceilDivide(width, limit));
}

RegisterTile chooseRegisterTile(const KernelRequest &request, int outputs,
                                int width) {
  RegisterTile tile;
  tile.lanes = lanesOf(request.machine);
  bool manyRegisters = request.machine.vectorRegisters >= 32;
  int groups = outputs / 16;
  tile.panel = groups % 2 == 0 ? 32 : groups % 3 == 0 ? 48 : 16;
  // Accumulators, a panel's vectors and a broadcast fill 32 or 16 registers.
  tile.vectors = manyRegisters ? tile.panel / tile.lanes : 2;
  int pixels = tile.vectors == 3 ? 8 : 14;
  if (!manyRegisters)
    pixels = width % 4 == 0 ? 4 : 5;
  tile.vectors = parameter(request, "vectors", tile.vectors);
  tile.pixels = evenPart(width, parameter(request, "pixels", pixels));
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
  return tile.vectors * tile.pixels + tile.vectors + 1 <=
         machine.vectorRegisters;
}

static TailStrategy tailOf(int width, int part) {
  return width % part == 0 ? TailStrategy::RoundUp : TailStrategy::ShiftInwards;
}

void scheduleProduct(const Definition &product, const Weight &filter,
                     const RegisterTile &tile, int width) {
  Var c(channelName), x(columnName), y(rowName);
  Var panel("panel"), part("part"), lane("lane"), column("column"), i("i");
  Func result = product.result, sum = product.sum, weights = filter.func;
  result.compute_root()
      .split(c, panel, lane, tile.panel, TailStrategy::RoundUp)
      .split(lane, part, lane, tile.vectors * tile.lanes)
      .split(x, column, i, tile.pixels, tailOf(width, tile.pixels))
      .reorder(lane, i, column, y, part, panel)
      .vectorize(lane, tile.lanes)
      .unroll(lane)
      .unroll(i);
  RVar input = product.reduction[0];
  std::vector<VarOrRVar> order = {c, x};
  for (int d = 0; d < product.reduction.dimensions(); ++d)
    order.push_back(product.reduction[d]);
  sum.compute_at(result, column)
      .store_in(MemoryType::Register)
      .vectorize(c, tile.lanes)
      .unroll(c)
      .unroll(x);
  sum.update().reorder(order).vectorize(c, tile.lanes).unroll(c).unroll(x);
  if (tile.unroll > 1)
    sum.update().unroll(input, tile.unroll);
  // Bounds inference would stage the whole panel for a part of it.
  if (tile.panel != tile.vectors * tile.lanes)
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
