//===- Stem.cpp - The convolution that reads the image --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The rows of the image that a tile's rows need are normalized, padded and
// split into planes in scratch memory, once per row of the convolution and ky.
// The convolution then broadcasts from there without looking at borders.
//
//===----------------------------------------------------------------------===//

#include "schedules/vector/Schedules.h"
#include "schedules/vector/Stages.h"

#include <algorithm>

using namespace Halide;

namespace mobileone::schedules {

static bool matches(const KernelRequest &request) {
  const std::vector<Op> &ops = request.ops;
  if (ops.size() != 2 || request.inputs.size() != 1 ||
      ops[0].kind != OpKind::ReadInput || ops[1].kind != OpKind::Conv ||
      ops[1].groups != 1 || request.outputs.size() != 1)
    return false;
  const KernelOutput &output = request.outputs[0];
  return output.value == 2 && output.operand.strides[0] == 1 &&
         output.operand.storedChannels % 16 == 0;
}

static RegisterTile chooseTile(const KernelRequest &request) {
  const Operand &output = request.outputs[0].operand;
  return chooseRegisterTile(request, request.ops[1].accumulatorType,
                            output.storedChannels, output.shape.width);
}

/// Columns that a tile loads, in whole vectors.
static int columnsOf(const RegisterTile &tile, const Op &conv) {
  return roundUp((tile.pixels - 1) * conv.stride + conv.kernel, tile.lanes);
}

/// Whether a tile's columns of all channels fit the registers beside it, to be
/// multiplied lane by lane.
static bool loadsColumns(const KernelRequest &request) {
  RegisterTile tile = chooseTile(request);
  int loaded = request.ops[0].result.channels *
               (columnsOf(tile, request.ops[1]) / tile.lanes);
  return tile.multipliesByLane && tile.vectors * (tile.pixels + 1) + loaded <=
                                      request.machine.vectorRegisters;
}

/// Columns that every tap of every output column reads, in whole vectors, and
/// what a tile at the last one would load with them.
static int columnsOf(const KernelRequest &request) {
  const Op &conv = request.ops[1];
  int lanes = lanesOf(request.machine, conv.accumulatorType);
  int tile = loadsColumns(request) ? columnsOf(chooseTile(request), conv)
                                   : conv.kernel;
  return roundUp((conv.result.width - 1) * conv.stride + tile, lanes);
}

static KernelLayout layout(const KernelRequest &request) {
  KernelLayout layout;
  layout.schedule = request.machine.family + "." + vectorStem.name;
  const Op &conv = request.ops[1];
  int height = conv.result.height;
  tileRows(
      layout, height,
      parameter(request, "tile_rows",
                balancedTileRows(height, std::min(14, ceilDivide(height, 2)))));
  int align = request.machine.channelAlignment;
  for (const WeightOperand &operand : weightOperands(request))
    layout.weights.push_back(
        packing(request, operand, {chooseTile(request).panel, 1, align}));
  ScratchBuffer rows;
  rows.value = 1;
  int columns = columnsOf(request);
  int planes = request.ops[0].result.channels * conv.kernel;
  rows.operand.shape = {columns, planes, height};
  rows.operand.type = conv.accumulatorType;
  rows.operand.storedChannels = columns;
  rows.operand.strides = {1, columns, columns * planes};
  layout.scratch.push_back(rows);
  return layout;
}

/// for ky                              for ky
///   for kx, channel             ->      lanes = rows(columns, channels)
///     sum += rows(column) * ...         for kx, channel
///                                         sum += lanes[column] * ...
///
/// As many columns in the smaller tiles at the end of a section.
static void loadColumns(const Definition &conv, Func rows,
                        const RegisterTile &tile, int columns) {
  Func lanes = rows.in(conv.sum);
  Var column = lanes.args()[0], plane = lanes.args()[1];
  lanes.compute_at(conv.sum, conv.reduction[2])
      .store_in(MemoryType::Register)
      .bound_extent(column, columns)
      .vectorize(column, tile.lanes, TailStrategy::RoundUp)
      .unroll(column)
      .unroll(plane);
}

static void build(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  KernelBuilder builder(request, layout);
  const Op &op = request.ops[1];
  Op read = request.ops[0];
  read.type = op.accumulatorType; // As it is multiplied.
  int channels = read.result.channels;
  Definition rows = inputRows(read, builder.value(0), op);
  Var column(channelName), plane(columnName), y(rowName);
  rows.result.compute_root()
      .reorder(column, plane, y)
      .vectorize(column, lanesOf(request.machine, op.accumulatorType));
  builder.addScratch(rows.result);
  Definition conv = convOfRows(op, rows.result, channels, builder.weight(1),
                               builder.weight(1, WeightRole::Bias));
  builder.setValue(2, {conv.result, op.result, 0});
  RegisterTile tile = chooseTile(request);
  scheduleProduct(conv, Func(), builder.weight(1), tile, op.result.width);
  if (loadsColumns(request))
    loadColumns(conv, rows.result, tile, columnsOf(tile, op));
  builder.finish(kernel);
}

static std::vector<Parameter> parameters(const KernelRequest &request) {
  KernelRequest standard = request;
  standard.parameters.clear();
  const Operand &output = request.outputs[0].operand;
  std::vector<Parameter> parameters =
      registerTileParameters(standard, request.ops[1].accumulatorType,
                             output.storedChannels, output.shape.width);
  parameters.push_back(tileRowsParameter(request.ops[1].result.height,
                                         request.ops[1].result.height,
                                         layout(standard).tileExtent));
  return parameters;
}

static bool fits(const KernelRequest &request) {
  return fitsRegisters(request.machine, chooseTile(request));
}

const Schedule vectorStem = {"stem", matches, layout, build, parameters, fits};

} // namespace mobileone::schedules
