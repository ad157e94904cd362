//===- Block.cpp - Bodies around depthwise and pointwise ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a pointwise product reads and the kernel computes itself, depthwise
// results or gated activations, stays in the caches as a strip: the tile's rows
// of all channels. The product reads the strip once per panel of weights.
//
// Small maps are cut by output channels instead of rows, since their weights
// weigh more than their activations; every tile then fills the whole strip.
//
//===----------------------------------------------------------------------===//

#include "schedules/vector/Block.h"
#include "schedules/WeightPrefetch.h"

#include <algorithm>
#include <numeric>

using namespace Halide;

namespace mobileone::schedules {

static bool isPointwise(const KernelRequest &request, const Op &op) {
  return op.kind == OpKind::Conv && op.kernel == 1 && op.stride == 1 &&
         op.padding == 0 && op.groups == 1;
}

/// The operations before the tails.
static Block parseMain(const KernelRequest &request) {
  Block block;
  int next = 0, count = int(request.ops.size());
  int inputs = int(request.inputs.size());
  auto is = [&](auto predicate) {
    if (next == count || !predicate(request, request.ops[next]))
      return -1;
    // Each reads the one before.
    if (next > 0 && request.ops[next].inputs[0] != inputs + next - 1)
      return -1;
    return next++;
  };
  block.scale = is([](const KernelRequest &, const Op &op) {
    return op.kind == OpKind::Scale;
  });
  block.depthwise = is(isDepthwise);
  block.pointwise = is(isPointwise);
  block.main = next - 1;
  block.tails = next;
  return block;
}

static bool isTail(const Op &op, int value) {
  return (op.kind == OpKind::RowSums || op.kind == OpKind::WriteOutput) &&
         op.inputs[0] == value;
}

Block parseBlock(const KernelRequest &request) {
  Block block = parseMain(request);
  int inputs = int(request.inputs.size());
  int value = inputs + block.main;
  if (block.main < 0 || request.machine.channelAlignment % 16 != 0)
    return block;
  for (size_t i = block.tails; i < request.ops.size(); ++i)
    if (!isTail(request.ops[i], value))
      return block;
  if (block.scale >= 0 && request.ops[block.scale].inputs[1] >= inputs)
    return block;
  int lanes = lanesOf(request.machine);
  for (const KernelOutput &output : request.outputs) {
    if (output.value < value)
      return block;
    bool isVectors = output.operand.strides[0] == 1 &&
                     output.operand.storedChannels % lanes == 0;
    if (output.value == value && isVectors && !block.stored)
      block.stored = output.operand.storedChannels;
  }
  // The first output of the main value is the one that the others copy.
  for (const KernelOutput &output : request.outputs)
    if (output.value == value) {
      block.isValid = output.operand.storedChannels == block.stored &&
                      block.stored % 16 == 0;
      break;
    }
  return block;
}

/// The value that the product reads, if the kernel computes it.
static int stripOf(const Block &block) {
  if (block.pointwise < 0)
    return -1;
  return block.depthwise >= 0 ? block.depthwise : block.scale;
}

static RegisterTile tileOf(const KernelRequest &request, const Block &block) {
  const Op &op = request.ops[block.main];
  return chooseRegisterTile(request, op.accumulatorType, block.stored,
                            op.result.width);
}

/// The type of what stays inside: as the main operation multiplies it, which
/// reads it many times.
static ElementType innerType(const KernelRequest &request, const Block &block) {
  return request.ops[block.main].accumulatorType;
}

/// Channels that what copies or adds up rows computes at a time, at most.
static int tailChannels(const KernelRequest &request) {
  int lanes = 1;
  for (const KernelOutput &output : request.outputs)
    lanes = std::max(lanes, lanesOf(request.machine, output.operand.type));
  return 4 * lanes;
}

/// Four tiles for threads to share, two where rows are few. Fewer rows mean
/// reading the weights more often, more rows a strip that leaves the caches.
static int chooseTileRows(const KernelRequest &request, int pixelBytes,
                          const Shape &shape) {
  int rows = std::clamp(ceilDivide(shape.height, 4), 7, 14);
  int rowBytes = pixelBytes * shape.width;
  int limit = std::max(1, request.machine.l2Bytes * 3 / 8 / rowBytes);
  rows = std::min({rows, limit, ceilDivide(shape.height, 2)});
  return balancedTileRows(shape.height, rows);
}

static void chooseTiles(const KernelRequest &request, const Block &block,
                        KernelLayout &layout) {
  const Shape &shape = request.ops[block.main].result;
  RegisterTile tile = tileOf(request, block);
  bool smallMap = shape.width * shape.height < 64;
  bool isAligned = true;
  for (const KernelOutput &output : request.outputs)
    isAligned &= output.operand.storedChannels == block.stored;
  // Sums and copies of a tile run over up to four vectors at a time.
  bool hasTails = request.outputs.size() > 1;
  int unit =
      hasTails ? std::lcm(tile.panel, tailChannels(request)) : tile.panel;
  if (block.pointwise >= 0 && smallMap && isAligned &&
      block.stored >= 2 * unit) {
    // Every tile fills the strip, which must stay cheap beside the product.
    int tiles = parameter(request, "channel_tiles",
                          std::clamp(block.stored / 512, 2, 4));
    layout.tileDimension = 0;
    layout.tileExtent = roundUp(ceilDivide(block.stored, tiles), unit);
    layout.tileCount = ceilDivide(block.stored, layout.tileExtent);
    layout.parameters["channel_tiles"] = layout.tileCount;
    return;
  }
  int channels = block.depthwise >= 0 || block.scale >= 0
                     ? shapeOf(request, 0).channels
                     : block.stored;
  int bytes = bytesOf(innerType(request, block));
  tileRows(layout, shape.height,
           parameter(request, "tile_rows",
                     chooseTileRows(request, channels * bytes, shape)));
}

KernelLayout layoutBlock(const KernelRequest &request,
                         const std::string &body) {
  KernelLayout layout;
  layout.schedule = request.machine.family + "." + body;
  Block block = parseBlock(request);
  int align = request.machine.channelAlignment;
  RegisterTile tile = tileOf(request, block);
  chooseTiles(request, block, layout);
  for (const WeightOperand &operand : weightOperands(request)) {
    int panel = operand.op == block.pointwise ? tile.panel : 1;
    layout.weights.push_back(packing(request, operand, {panel, align, align}));
  }
  int strip = stripOf(block);
  if (strip >= 0)
    layout.scratch.push_back(makeStrip(
        request, int(request.inputs.size()) + strip, request.ops[strip].result,
        innerType(request, block), layout.tileDimension == 2));
  return layout;
}

/// A quarter of the second-level cache: enough for the rows of a panel's first
/// use to find it there, little enough to leave the strip in place.
static int kilobytesAhead(const KernelRequest &request) {
  bool fetches = ruleOf(request.machine).fetchesWeightsAhead;
  return parameter(request, "prefetch",
                   fetches ? request.machine.l2Bytes / 4096 : 0);
}

std::vector<Parameter> blockParameters(const KernelRequest &request) {
  KernelRequest standard = request;
  standard.parameters.clear();
  Block block = parseBlock(standard);
  const Shape &shape = request.ops[block.main].result;
  std::vector<Parameter> parameters;
  if (block.pointwise >= 0)
    parameters = registerTileParameters(standard,
                                        request.ops[block.main].accumulatorType,
                                        block.stored, shape.width);
  if (block.pointwise >= 0)
    parameters.push_back(makeParameter("prefetch", {0, 64, 128, 256, 512},
                                       kilobytesAhead(standard)));
  KernelLayout layout = layoutBlock(standard, "");
  if (layout.tileDimension == 0) {
    parameters.push_back(
        channelTilesParameter(standard, [](const KernelRequest &each) {
          return layoutBlock(each, "").tileCount;
        }));
  } else {
    int limit = shape.height;
    if (!layout.scratch.empty()) {
      const Operand &strip = layout.scratch[0].operand;
      limit =
          request.machine.l2Bytes / (bytesOf(strip.type) * strip.strides[2]);
    }
    parameters.push_back(
        tileRowsParameter(shape.height, limit, layout.tileExtent));
  }
  if (block.depthwise >= 0)
    parameters.push_back(partsParameter(
        "depthwise_pixels", shape.width, request.machine.vectorRegisters / 2, 1,
        evenPart(shape.width,
                 ruleOf(request.machine).depthwisePixels(request.machine))));
  if (!layout.scratch.empty()) {
    const Operand &strip = layout.scratch[0].operand;
    parameters.push_back(makeParameter(
        "strip_pad", {0, 16, 32}, strip.strides[1] - strip.storedChannels));
  }
  return parameters;
}

bool blockFits(const KernelRequest &request) {
  Block block = parseBlock(request);
  return block.pointwise < 0 ||
         fitsRegisters(request.machine, tileOf(request, block));
}

static const Operand &operandOf(const KernelRequest &request, int value) {
  return std::find_if(
             request.outputs.begin(), request.outputs.end(),
             [&](const KernelOutput &output) { return output.value == value; })
      ->operand;
}

void buildBlock(const KernelRequest &request, const KernelLayout &layout,
                HalideKernel &kernel) {
  KernelBuilder builder(request, layout);
  Block block = parseBlock(request);
  int strip = stripOf(block);
  Definition product;
  for (int i = 0; i < int(request.ops.size()); ++i) {
    const Op &op = request.ops[i];
    Definition definition =
        builder.define(i, i < block.main ? innerType(request, block) : op.type);
    if (i == block.depthwise)
      scheduleDepthwise(request, definition, op);
    else if (i == block.pointwise)
      scheduleProduct(product = definition, builder.value(op.inputs[0]).func,
                      builder.weight(i), tileOf(request, block),
                      op.result.width);
    else if (i == strip)
      scheduleElementwise(request, definition, layout.scratch[0].operand);
    else if (i == block.main || i >= block.tails)
      scheduleElementwise(request, definition,
                          operandOf(request, builder.resultOf(i)));
    if (i == strip)
      builder.addScratch(definition.result);
  }
  for (const OutputCopy &copy : builder.finish(kernel))
    scheduleElementwise(request, {copy.func, Func(), RDom()}, copy.operand);
  int ahead = kilobytesAhead(request);
  if (block.pointwise < 0 || ahead == 0)
    return;
  prefetchWeights(kernel, product, builder.weight(block.pointwise), layout,
                  ahead * 1024);
}

} // namespace mobileone::schedules
