//===- KernelBodies.cpp - Every kernel body on random shapes --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelBodies.h"

namespace mobileone::schedules::testing {

namespace {

using Random = std::mt19937;

int pick(Random &random, int low, int high) {
  return std::uniform_int_distribution<int>(low, high)(random);
}
bool flip(Random &random) { return pick(random, 0, 1); }

Shape randomShape(Random &random) {
  return {pick(random, 1, 100), pick(random, 1, 30), pick(random, 1, 20)};
}

/// Input, with a gate in front for some.
int gatedInput(RequestBuilder &b, Random &random, int border) {
  Shape shape = randomShape(random);
  int value = b.input(shape, border);
  if (!flip(random))
    return value;
  int gate = b.input({shape.channels, 1, 1});
  return b.scale(value, gate);
}

void stem(RequestBuilder &b, Random &random) {
  Shape shape = {pick(random, 1, 5), pick(random, 1, 40), pick(random, 1, 30)};
  ElementType type = flip(random) ? ElementType::U8 : ElementType::F32;
  int image = b.callerInput(shape, flip(random), type);
  int value = b.readInput(image, flip(random));
  value = b.conv(value, pick(random, 1, 100), 3, pick(random, 1, 2));
  b.output(value, pick(random, 0, 1));
}

void depthwisePointwise(RequestBuilder &b, Random &random) {
  int kernel = pick(random, 0, 3) ? 3 : 5;
  int value = gatedInput(b, random, kernel / 2);
  value = b.depthwise(value, kernel, pick(random, 1, 2));
  value = b.conv(value, pick(random, 1, 100), 1, 1,
                 flip(random) ? Activation::ReLU : Activation::None);
  b.output(value, pick(random, 0, 1));
}

void depthwise(RequestBuilder &b, Random &random) {
  int value = b.depthwise(gatedInput(b, random, 1), 3, pick(random, 1, 2),
                          Activation::None);
  b.output(value, pick(random, 0, 1));
  if (flip(random))
    b.output(b.rowSums(value));
}

void pointwise(RequestBuilder &b, Random &random) {
  int value = b.conv(gatedInput(b, random, pick(random, 0, 1)),
                     pick(random, 1, 100), 1, 1, Activation::None);
  b.output(value, pick(random, 0, 1));
  if (flip(random))
    b.output(b.rowSums(value));
}

void excite(RequestBuilder &b, Random &random) {
  Shape shape = randomShape(random);
  int rows = b.input({shape.channels, 1, shape.height});
  b.output(b.excite(rows, pick(random, 1, 80), shape.width * shape.height));
}

void poolLinear(RequestBuilder &b, Random &random) {
  int value = b.pool(gatedInput(b, random, pick(random, 0, 1)));
  b.callerOutput(b.linear(value, pick(random, 1, 300)), false);
}

void pool(RequestBuilder &b, Random &random) {
  int value = b.pool(gatedInput(b, random, 0));
  b.callerOutput(flip(random) ? b.writeOutput(value) : value, false);
}

void writeOutput(RequestBuilder &b, Random &random) {
  int value = b.writeOutput(gatedInput(b, random, pick(random, 0, 1)));
  b.callerOutput(value, flip(random));
}

void severalOutputs(RequestBuilder &b, Random &random) {
  int value = b.depthwise(b.input(randomShape(random), 1), 3, 1);
  value = b.conv(value, pick(random, 1, 70), 1, 1);
  b.output(value, 1);
  b.callerOutput(b.writeOutput(value), flip(random));
  b.output(value, 0);
}

/// Maps so small that tiles cut channels.
void smallMap(RequestBuilder &b, Random &random) {
  int value = b.input({pick(random, 1, 60), pick(random, 1, 7), 7}, 1);
  if (flip(random))
    value = b.depthwise(value, 3, 1);
  value = b.conv(value, pick(random, 32, 300), 1, 1);
  b.output(value, 1);
  if (flip(random))
    b.output(b.rowSums(value));
  if (flip(random))
    b.output(value, 0);
}

} // namespace

const std::vector<KernelBody> &kernelBodies() {
  static const std::vector<KernelBody> bodies = {
      {"stem", stem},
      {"depthwise_pointwise", depthwisePointwise},
      {"depthwise", depthwise},
      {"pointwise", pointwise},
      {"excite", excite},
      {"pool_linear", poolLinear},
      {"pool", pool},
      {"write_output", writeOutput},
      {"several_outputs", severalOutputs},
      {"small_map", smallMap}};
  return bodies;
}

} // namespace mobileone::schedules::testing
