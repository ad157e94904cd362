//===- Stages.cpp - Parts that schedules for GPUs share -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/cuda/Stages.h"

#include <algorithm>

using namespace Halide;

namespace mobileone::schedules {

/// Parts that do not divide an extent: the last one starts earlier and computes
/// what the one before it computes as well.
static TailStrategy tailOf(int extent, int part) {
  return extent % part == 0 ? TailStrategy::RoundUp
                            : TailStrategy::ShiftInwards;
}

Launch scheduleBlocks(Func result, const BlockTile &tile, const Shape &map) {
  Var c(channelName), x(columnName), y(rowName), n(imageName);
  Var outputs("outputs"), group("group"), lane("lane"), column("column"),
      run("run"), i("i"), row("row"), line("line"), place("place"),
      thread("thread");
  result.compute_root()
      .split(c, outputs, group, tile.outputs, TailStrategy::RoundUp)
      .split(group, group, lane, outputsPerThread, TailStrategy::RoundUp)
      .split(x, column, run, tile.width, tailOf(map.width, tile.width))
      .split(run, run, i, tile.pixels, TailStrategy::RoundUp)
      .split(y, row, line, tile.height, tailOf(map.height, tile.height))
      .reorder(lane, i, group, run, line, column, row, outputs, n)
      .fuse(run, line, thread)
      .fuse(group, thread, thread)
      .fuse(column, row, place)
      .gpu_blocks(place, outputs, n)
      .gpu_threads(thread)
      .vectorize(lane)
      .unroll(i);
  return {result, place, thread};
}

Launch scheduleVector(Func result, int outputs) {
  Var c(channelName), x(columnName), y(rowName), n(imageName);
  Var block("block"), thread("thread"), lane("lane");
  result.compute_root()
      .split(c, block, thread, outputs, TailStrategy::GuardWithIf)
      .split(thread, thread, lane, outputsPerThread, TailStrategy::RoundUp)
      .reorder(lane, thread, block, n, x, y)
      .gpu_blocks(block, n)
      .gpu_threads(thread)
      .unroll(lane);
  return {result, block, thread};
}

/// Of a slice of a layer.
constexpr int inputsAtATime = 4;

/// Reductions up to this many steps are unrolled.
constexpr int unrolledSteps = 25;

static int stepsOf(const Definition &definition) {
  int steps = 1;
  for (int d = 0; d < definition.reduction.dimensions(); ++d) {
    Expr extent = Internal::simplify(definition.reduction[d].extent());
    steps *= int(*as_const_int(extent));
  }
  return steps;
}

/// The sums of an operation whose channels do not mix, in registers.
static void scheduleOwnSums(const Definition &definition, Func reader, Var at,
                            int lanes) {
  Func sum = definition.sum;
  if (!sum.defined())
    return;
  Var c(channelName);
  std::vector<VarOrRVar> order = {c};
  for (int d = 0; d < definition.reduction.dimensions(); ++d)
    order.push_back(definition.reduction[d]);
  sum.compute_at(reader, at).store_in(MemoryType::Register);
  Stage update = sum.update();
  update.reorder(order);
  if (lanes > 1) {
    sum.vectorize(c, lanes);
    update.vectorize(c, lanes);
  }
  if (stepsOf(definition) <= unrolledSteps)
    for (int d = 0; d < definition.reduction.dimensions(); ++d)
      update.unroll(definition.reduction[d]);
}

void stageStrip(const Definition &strip, const Launch &launch, int threads,
                int lanes) {
  Var c(channelName), x(columnName), y(rowName);
  Var lane("lane"), item("item"), thread("thread");
  Func result = strip.result;
  result.compute_at(launch.result, launch.block)
      .store_in(MemoryType::GPUShared)
      .split(c, c, lane, lanes, TailStrategy::RoundUp)
      .fuse(x, y, item)
      .fuse(c, item, item)
      .split(item, item, thread, threads, TailStrategy::GuardWithIf)
      .reorder(lane, item, thread)
      .gpu_threads(thread);
  if (lanes > 1)
    result.vectorize(lane);
  scheduleOwnSums(strip, result, item, lanes);
}

/// for step                              for steps, 4 or 8 at a time
///   sum(pixel) += input(step) * ...  ->    lanes = input(steps)
///                                          sum(pixel) += lanes[0] * ...
static void readLanes(Func strip, Func sum, RVar steps) {
  Func lanes = strip.in(sum);
  Var c = lanes.args()[0], x = lanes.args()[1];
  lanes.compute_at(sum, steps)
      .store_in(MemoryType::Register)
      .vectorize(c, 4)
      .unroll(c)
      .unroll(x);
}

/// The initial value of `sum` and its place, a thread's registers.
static void placeSums(Func sum, Func reader, Var at) {
  Var c(channelName), x(columnName);
  sum.compute_at(reader, at)
      .store_in(MemoryType::Register)
      .bound_extent(c, outputsPerThread)
      .vectorize(c)
      .unroll(x);
}

/// Adds up partial sums of all slices, which threads leave in shared memory.
/// Returns the partial sums.
static Func sliceSums(const Definition &layer, RVar slice, const Launch &reader,
                      const Launch &launch, int outputs, int pixels) {
  Var c(channelName), x(columnName), y(rowName), s("slice");
  Var group("group"), lane("lane"), i("i"), thread("thread");
  Func sum = layer.sum;
  Func partial = sum.update().rfactor(slice, s);
  placeSums(sum, reader.result, reader.thread);
  sum.update().reorder(c, x, slice).vectorize(c).unroll(x).unroll(slice);
  Func shared = partial.in(sum);
  shared.compute_at(launch.result, launch.block)
      .store_in(MemoryType::GPUShared)
      .bound_extent(c, outputs)
      .split(c, group, lane, outputsPerThread, TailStrategy::RoundUp)
      .split(x, x, i, pixels, TailStrategy::RoundUp)
      .fuse(y, s, thread)
      .fuse(x, thread, thread)
      .fuse(group, thread, thread)
      .reorder(lane, i, thread)
      .gpu_threads(thread)
      .vectorize(lane)
      .unroll(i);
  placeSums(partial, shared, thread);
  return partial;
}

void scheduleSums(const Definition &product, Func strip, const BlockTile &tile,
                  const Launch &launch) {
  Var c(channelName), x(columnName);
  RVar step = product.reduction[0], steps("steps"), slice("slices");
  Func sum = product.sum;
  sum.update().split(step, steps, step, tile.unroll);
  if (tile.slices > 1) {
    sum.update().split(steps, steps, slice, tile.slices);
    sum = sliceSums(product, slice, launch, launch, tile.outputs, tile.pixels);
  } else {
    placeSums(sum, launch.result, launch.thread);
  }
  sum.update().reorder(c, x, step, steps).vectorize(c).unroll(x).unroll(step);
  readLanes(strip, sum, steps);
}

void scheduleWholeSums(const Definition &product, const Launch &launch) {
  Var c(channelName), x(columnName);
  Func sum = product.sum;
  placeSums(sum, launch.result, launch.thread);
  std::vector<VarOrRVar> order = {c, x};
  for (int d = 0; d < product.reduction.dimensions(); ++d)
    order.push_back(product.reduction[d]);
  Stage update = sum.update();
  update.reorder(order).vectorize(c).unroll(x);
  for (int d = 0; d < product.reduction.dimensions(); ++d)
    update.unroll(product.reduction[d]);
}

Launch stageVector(Func result, int outputs, const Launch &launch) {
  Var c(channelName), thread("thread"), lane("lane");
  result.compute_at(launch.result, launch.block)
      .store_in(MemoryType::GPUShared)
      .bound_extent(c, outputs)
      .split(c, thread, lane, outputsPerThread, TailStrategy::RoundUp)
      .gpu_threads(thread)
      .vectorize(lane);
  return {result, launch.block, thread};
}

int slicesOf(int inputs, int outputs) {
  int slices = 256 / (outputs / outputsPerThread);
  while (inputs % (slices * inputsAtATime) != 0)
    slices /= 2;
  return slices;
}

void scheduleSlicedSums(const Definition &layer, const Launch &reader,
                        const Launch &launch, int outputs, int slices) {
  Var c(channelName);
  RVar step = layer.reduction[0], slice("slices");
  Func sum = layer.sum;
  sum.update().split(step, step, slice, slices);
  Func partial = sliceSums(layer, slice, reader, launch, outputs, 1);
  partial.update().reorder(c, step).vectorize(c).unroll(step, inputsAtATime);
}

void scheduleElements(const Definition &definition, const Operand &operand,
                      int lanes) {
  Var c(channelName), x(columnName), y(rowName), n(imageName);
  Var lane("lane"), item("item"), block("block"), thread("thread");
  Func result = definition.result;
  bool alongRows = operand.strides[0] != 1 && operand.strides[1] == 1;
  result.compute_root().split(c, c, lane, lanes, TailStrategy::RoundUp);
  if (alongRows)
    result.reorder(lane, x, y, c, n).fuse(x, y, item).fuse(item, c, item);
  else
    result.reorder(lane, c, x, y, n).fuse(c, x, item).fuse(item, y, item);
  result.fuse(item, n, item)
      .split(item, block, thread, 128, TailStrategy::GuardWithIf)
      .gpu_blocks(block)
      .gpu_threads(thread);
  if (lanes > 1)
    result.vectorize(lane);
  scheduleOwnSums(definition, result, thread, lanes);
}

int lanesOf(const Operand &operand) {
  bool whole = operand.strides[0] == 1 && operand.storedChannels % 4 == 0;
  return whole ? 4 : 1;
}

} // namespace mobileone::schedules
