//===- Generic.cpp - A schedule for every request -------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every operation fills a buffer of its own, gates apart, which are computed
// where they are read. Right everywhere and fast nowhere.
//
//===----------------------------------------------------------------------===//

#include "schedules/BlockedSum.h"
#include "schedules/KernelBuilder.h"
#include "schedules/Packing.h"
#include "schedules/generic/Schedules.h"

#include <algorithm>

using namespace Halide;

namespace mobileone::schedules {

static bool matches(const KernelRequest &) { return true; }

static bool isOutput(const KernelRequest &request, int value) {
  return std::any_of(
      request.outputs.begin(), request.outputs.end(),
      [&](const KernelOutput &output) { return output.value == value; });
}

/// Whether every row of `op`'s result needs only the same row of the values
/// that the kernel computes itself.
static bool keepsRows(const KernelRequest &request, const Op &op) {
  int inputs = int(request.inputs.size());
  auto isComputed = [&](int value) { return value >= inputs; };
  switch (op.kind) {
  case OpKind::Conv:
    return !isComputed(op.inputs[0]) || (op.kernel == 1 && op.stride == 1);
  case OpKind::Scale:
    return !isComputed(op.inputs[1]);
  case OpKind::ReadInput:
  case OpKind::RowSums:
  case OpKind::WriteOutput:
    return true;
  default:
    return false;
  }
}

static bool hasRowTiles(const KernelRequest &request) {
  int height = request.outputs.front().operand.shape.height;
  for (const KernelOutput &output : request.outputs)
    if (output.operand.shape.height != height ||
        output.value < int(request.inputs.size()))
      return false;
  for (const Op &op : request.ops)
    if (op.result.height != height || !keepsRows(request, op))
      return false;
  return height > 1;
}

static int lanesOf(const KernelRequest &request) {
  return std::min(request.machine.vectorBytes / 4,
                  request.machine.channelAlignment);
}

/// Scratch of `shape` with padded channels, dense.
static ScratchBuffer makeScratch(const KernelRequest &request, int value,
                                 Shape shape, bool followsTile,
                                 ElementType type = ElementType::F32) {
  int stored = roundUp(shape.channels, request.machine.channelAlignment);
  ScratchBuffer scratch;
  scratch.value = value;
  scratch.operand.shape = shape;
  scratch.operand.type = type;
  scratch.operand.storedChannels = stored;
  scratch.operand.strides = {1, stored, stored * shape.width};
  scratch.followsTile = followsTile;
  return scratch;
}

static void addScratch(const KernelRequest &request, int index, bool rowTiles,
                       KernelLayout &layout) {
  const Op &op = request.ops[index];
  int value = int(request.inputs.size()) + index;
  if (op.kind == OpKind::Excite) {
    int channels = op.result.channels;
    layout.scratch.push_back(
        makeScratch(request, value, {channels, 1, 1}, false));
    layout.scratch.push_back(
        makeScratch(request, value, {op.hidden, 1, 1}, false));
  }
  if (op.kind != OpKind::Scale && !isOutput(request, value))
    layout.scratch.push_back(
        makeScratch(request, value, op.result, rowTiles, op.type));
}

static KernelLayout layout(const KernelRequest &request) {
  KernelLayout layout;
  layout.schedule = genericSchedule.name;
  if (hasRowTiles(request))
    tileRows(layout, request.outputs.front().operand.shape.height,
             parameter(request, "tile_rows", 8));
  int lanes = lanesOf(request);
  int align = request.machine.channelAlignment;
  for (const WeightOperand &operand : weightOperands(request)) {
    const Op &op = request.ops[operand.op];
    // Sums of halves are made in blocks of the padded inputs.
    bool padsInputs = op.kernel == 1 && op.accumulatorType == ElementType::F16;
    layout.weights.push_back(
        packing(request, operand, {lanes, padsInputs ? align : 1, align}));
  }
  for (int i = 0; i < int(request.ops.size()); ++i)
    addScratch(request, i, layout.tileDimension == 2, layout);
  return layout;
}

/// Computes `definition` over its buffer, `lanes` channels at a time.
static void schedule(const Definition &definition, int lanes) {
  Var c(channelName), outer("outer"), inner("inner");
  Func result = definition.result, sum = definition.sum;
  result.compute_root().split(c, outer, inner, lanes,
                              TailStrategy::GuardWithIf);
  if (lanes > 1)
    result.vectorize(inner);
  Var x(columnName), y(rowName);
  result.reorder(inner, outer, x, y);
  if (!sum.defined())
    return;
  sum.compute_at(result, outer).bound_extent(c, lanes).vectorize(c);
  BlockedSum blocks = sumInBlocks(definition);
  Func products = blocks.products;
  if (blocks.isBlocked) {
    sum.update().reorder(c, blocks.block).vectorize(c);
    products.compute_at(sum, blocks.block).vectorize(c);
  }
  std::vector<VarOrRVar> order = {c};
  order.insert(order.end(), blocks.reduction.begin(), blocks.reduction.end());
  products.update().reorder(order).vectorize(c);
}

/// Vectors where the buffer's channels are dense and whole vectors.
static int lanesOf(const KernelRequest &request, const Operand &operand) {
  int lanes = lanesOf(request);
  bool fits = operand.strides[0] == 1 && operand.storedChannels % lanes == 0;
  return fits ? lanes : 1;
}

static int lanesOf(const KernelRequest &request, int value) {
  for (const KernelOutput &output : request.outputs)
    if (output.value == value)
      return lanesOf(request, output.operand);
  return lanesOf(request);
}

/// A gated value that is computed where it is read stays as it is multiplied.
static ElementType typeOf(const KernelRequest &request, int index, int value) {
  const Op &op = request.ops[index];
  bool isInlined = op.kind == OpKind::Scale && !isOutput(request, value);
  return isInlined ? op.accumulatorType : op.type;
}

static void build(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  KernelBuilder builder(request, layout);
  for (int i = 0; i < int(request.ops.size()); ++i) {
    const Op &op = request.ops[i];
    int value = builder.resultOf(i);
    Definition definition;
    if (op.kind == OpKind::Excite) {
      ExciteDefinition excite = builder.defineExcite(i);
      for (const Definition &layer : {excite.mean, excite.hidden}) {
        schedule(layer, lanesOf(request));
        builder.addScratch(layer.result);
      }
      definition = excite.gate;
    } else {
      definition = builder.define(i, typeOf(request, i, value));
    }
    if (isOutput(request, value)) {
      schedule(definition, lanesOf(request, value));
    } else if (op.kind != OpKind::Scale) {
      schedule(definition, lanesOf(request));
      builder.addScratch(definition.result);
    }
  }
  for (const OutputCopy &copy : builder.finish(kernel))
    schedule({copy.func, Func(), RDom()}, lanesOf(request, copy.operand));
}

const Schedule genericSchedule = {"generic.any", matches, layout, build};

} // namespace mobileone::schedules
