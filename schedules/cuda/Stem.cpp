//===- Stem.cpp - The convolution that reads the image --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A block of threads normalizes and pads the part of the image that its pixels
// need into shared memory.
//
//===----------------------------------------------------------------------===//
#include "schedules/cuda/Schedules.h"
#include "schedules/cuda/Stages.h"
#include "schedules/vector/Schedules.h"

using namespace Halide;

namespace mobileone::schedules {

static Product productOf(const KernelRequest &request, int panel) {
  const Op &conv = request.ops[1];
  Product product;
  product.outputs = request.outputs[0].operand.storedChannels;
  product.panel = panel;
  product.width = conv.result.width;
  product.height = conv.result.height;
  product.images = request.images;
  product.stripChannels = request.ops[0].result.channels;
  product.stripKernel = conv.kernel;
  product.stripStride = conv.stride;
  product.inputs = product.stripChannels * conv.kernel * conv.kernel;
  product.weightBytes = bytesOf(conv.weightType);
  product.isSliced = false;
  return product;
}

static bool matches(const KernelRequest &request) {
  return vectorStem.matches(request) &&
         fitsSharedMemory(request.machine, productOf(request, 16));
}

static KernelLayout layout(const KernelRequest &request) {
  KernelLayout layout;
  layout.schedule = request.machine.family + "." + cudaStem.name;
  layout.weights = vectorStem.layout(request).weights;
  layout.parameters = parametersOf(
      chooseBlockTile(request, productOf(request, layout.weights[0].panel)));
  return layout;
}

static void build(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  const Op &op = request.ops[1];
  KernelBuilder builder(request, layout);
  BlockTile tile = tileWith(layout.parameters);
  builder.define(0, ElementType::F32);
  Tensor image = builder.value(1);
  Dimensions d(image);
  Func padded("padded");
  padded(d.all) = readPadded(image, op.padding, d.c, d.x, d.y);
  builder.setValue(1, {padded, image.shape, op.padding});
  Definition conv = builder.define(1);
  Launch launch = scheduleBlocks(conv.result, tile, op.result);
  stageStrip({padded, Func(), RDom()}, launch, tile.threads(), 1);
  scheduleWholeSums(conv, launch);
  builder.finish(kernel);
}

const Schedule cudaStem = {"stem", matches, layout, build};

} // namespace mobileone::schedules
