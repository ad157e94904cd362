//===- Block.cpp - Bodies around depthwise and pointwise on GPUs ----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A launch computes the product; its blocks keep in shared memory what they
// multiply: depthwise results, gated activations, or activations. Blocks for
// different outputs of the same pixels compute that again, each for itself.
// Sums over rows and copies for the caller are launches of their own, which
// follow.
//
//===----------------------------------------------------------------------===//
#include "schedules/cuda/Block.h"

#include "schedules/vector/Schedules.h"

using namespace Halide;

namespace mobileone::schedules {

static Product productOf(const KernelRequest &request, const Block &block,
                         int panel) {
  const Op &op = request.ops[block.pointwise];
  Product product;
  product.outputs = block.stored;
  product.panel = panel;
  product.width = op.result.width;
  product.height = op.result.height;
  product.images = request.images;
  product.inputs = roundUp(shapeOf(request, op.inputs[0]).channels,
                           request.machine.channelAlignment);
  product.weightBytes = bytesOf(op.weightType);
  product.stripChannels = product.inputs;
  if (block.depthwise >= 0) {
    const Op &depthwise = request.ops[block.depthwise];
    product.readKernel = depthwise.kernel;
    product.readStride = depthwise.stride;
    product.stripTaps = depthwise.kernel * depthwise.kernel;
  }
  return product;
}

bool fitsThreadBlock(const KernelRequest &request, const Block &block) {
  return fitsSharedMemory(request.machine, productOf(request, block, 16));
}

KernelLayout layoutProduct(const KernelRequest &request,
                           const std::string &schedule) {
  KernelLayout layout;
  layout.schedule = request.machine.family + "." + schedule;
  layout.weights = layoutBlock(request, schedule).weights;
  Block block = parseBlock(request);
  int panel = layout.weights[block.depthwise >= 0 ? 2 : 0].panel;
  layout.parameters =
      parametersOf(chooseBlockTile(request, productOf(request, block, panel)));
  return layout;
}

/// What the product multiplies, in f32.
static Definition defineStrip(const Block &block, KernelBuilder &builder) {
  Definition strip;
  if (block.scale >= 0)
    strip = builder.define(block.scale, ElementType::F32);
  if (block.depthwise >= 0)
    strip = builder.define(block.depthwise, ElementType::F32);
  if (strip.result.defined())
    return strip;
  Tensor input = builder.value(0);
  Dimensions d(input);
  strip.result = Func("strip");
  strip.result(d.all) = cast<float>(input.at(d.c, d.x, d.y));
  builder.setValue(0, {strip.result, input.shape, 0});
  return strip;
}

void buildProduct(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  Block block = parseBlock(request);
  KernelBuilder builder(request, layout);
  BlockTile tile = tileWith(layout.parameters);
  Definition strip = defineStrip(block, builder);
  Definition product = builder.define(block.pointwise);
  Launch launch =
      scheduleBlocks(product.result, tile, request.ops[block.pointwise].result);
  stageStrip(strip, launch, tile.threads(), 4);
  scheduleSums(product, strip.result, tile, launch);
  finishBlock(request, block, builder, kernel);
}

static const Operand &operandOf(const KernelRequest &request, int value) {
  for (const KernelOutput &output : request.outputs)
    if (output.value == value)
      return output.operand;
  throw Error("a tail that nobody reads");
}

void finishBlock(const KernelRequest &request, const Block &block,
                 KernelBuilder &builder, HalideKernel &kernel) {
  for (int i = block.tails; i < int(request.ops.size()); ++i) {
    const Operand &operand = operandOf(request, builder.resultOf(i));
    scheduleElements(builder.define(i), operand, lanesOf(operand));
  }
  for (const OutputCopy &copy : builder.finish(kernel))
    scheduleElements({copy.func, Func(), RDom()}, copy.operand,
                     lanesOf(copy.operand));
}

} // namespace mobileone::schedules
