//===- RequestBuilder.cpp - Short ways to write requests ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "RequestBuilder.h"

namespace mobileone::schedules::testing {

/// Where a kernel computes a batch, images lie one after another.
void RequestBuilder::addImages(Operand &operand) const {
  if (request.machine.computesBatch)
    operand.imageStride =
        operand.storedChannels * operand.shape.width * operand.shape.height;
}

Operand RequestBuilder::activations(Shape shape, int border) const {
  border = request.machine.hasBorders ? border : 0;
  int align = request.machine.channelAlignment;
  Operand operand;
  operand.shape = shape;
  operand.storedChannels = (shape.channels + align - 1) / align * align;
  operand.border = border;
  operand.strides = {1, operand.storedChannels,
                     operand.storedChannels * (shape.width + 2 * border)};
  addImages(operand);
  return operand;
}

int RequestBuilder::input(Shape shape, int border) {
  request.inputs.push_back(activations(shape, border));
  return int(request.inputs.size()) - 1;
}

Operand RequestBuilder::dense(Shape shape, bool channelsFirst,
                              ElementType type) const {
  Operand operand;
  operand.shape = shape;
  operand.type = type;
  operand.storedChannels = shape.channels;
  if (channelsFirst)
    operand.strides = {shape.width * shape.height, 1, shape.width};
  else
    operand.strides = {1, shape.channels, shape.channels * shape.width};
  addImages(operand);
  return operand;
}

int RequestBuilder::callerInput(Shape shape, bool channelsFirst,
                                ElementType type) {
  request.inputs.push_back(dense(shape, channelsFirst, type));
  return int(request.inputs.size()) - 1;
}

int RequestBuilder::op(OpKind kind, std::vector<int> inputs, Shape result,
                       Activation activation) {
  Op op;
  op.kind = kind;
  op.inputs = std::move(inputs);
  op.result = result;
  op.activation = activation;
  request.ops.push_back(op);
  return int(request.inputs.size() + request.ops.size()) - 1;
}

int RequestBuilder::readInput(int input, bool normalize) {
  Shape shape = shapeOf(request, input);
  int value = op(OpKind::ReadInput, {input}, shape);
  for (int c = 0; normalize && c < shape.channels; ++c) {
    request.ops.back().mean.push_back(0.4f + 0.1f * c);
    request.ops.back().standardDeviation.push_back(0.5f + 0.25f * c);
  }
  return value;
}

int RequestBuilder::conv(int input, int channels, int kernel, int stride,
                         Activation activation) {
  Shape shape = shapeOf(request, input);
  int padding = kernel / 2;
  int width = (shape.width + 2 * padding - kernel) / stride + 1;
  int height = (shape.height + 2 * padding - kernel) / stride + 1;
  int value = op(OpKind::Conv, {input}, {channels, width, height}, activation);
  request.ops.back().kernel = kernel;
  request.ops.back().stride = stride;
  request.ops.back().padding = padding;
  return value;
}

int RequestBuilder::depthwise(int input, int kernel, int stride,
                              Activation activation) {
  int channels = shapeOf(request, input).channels;
  int value = conv(input, channels, kernel, stride, activation);
  request.ops.back().groups = channels;
  return value;
}

int RequestBuilder::scale(int input, int gate, Activation activation) {
  return op(OpKind::Scale, {input, gate}, shapeOf(request, input), activation);
}

int RequestBuilder::rowSums(int input) {
  Shape shape = shapeOf(request, input);
  return op(OpKind::RowSums, {input}, {shape.channels, 1, shape.height});
}

int RequestBuilder::excite(int rowSums, int hidden, int pixels) {
  int channels = shapeOf(request, rowSums).channels;
  int value = op(OpKind::Excite, {rowSums}, {channels, 1, 1});
  request.ops.back().hidden = hidden;
  request.ops.back().pixels = pixels;
  return value;
}

int RequestBuilder::pool(int input) {
  int channels = shapeOf(request, input).channels;
  return op(OpKind::GlobalAveragePool, {input}, {channels, 1, 1});
}

int RequestBuilder::linear(int input, int outputs) {
  return op(OpKind::Linear, {input}, {outputs, 1, 1});
}

int RequestBuilder::writeOutput(int input) {
  return op(OpKind::WriteOutput, {input}, shapeOf(request, input));
}

void RequestBuilder::output(int value, int border) {
  request.outputs.push_back(
      {value, activations(shapeOf(request, value), border)});
}

void RequestBuilder::callerOutput(int value, bool channelsFirst) {
  request.outputs.push_back(
      {value, dense(shapeOf(request, value), channelsFirst, ElementType::F32)});
}

void RequestBuilder::lowerPrecision() {
  ElementType accumulator =
      request.machine.halfArithmetic ? ElementType::F16 : ElementType::F32;
  std::vector<ElementType> types(request.inputs.size(), ElementType::F16);
  for (Op &op : request.ops) {
    bool isCallers = op.kind == OpKind::ReadInput;
    for (int input : op.inputs)
      if (isCallers || op.kind == OpKind::Excite)
        types[input] = request.inputs[input].type;
    bool isSum = op.kind == OpKind::RowSums || op.kind == OpKind::WriteOutput ||
                 op.kind == OpKind::Linear;
    types.push_back(isSum ? ElementType::F32 : ElementType::F16);
    bool hasFilter = op.kind == OpKind::Conv || op.kind == OpKind::Linear;
    if (hasFilter || op.kind == OpKind::Excite)
      op.weightType = ElementType::F16;
    if (hasFilter || op.kind == OpKind::Scale)
      op.accumulatorType = accumulator;
  }
  // What is the caller's is f32.
  for (KernelOutput &output : request.outputs) {
    bool isCallers = output.operand.storedChannels % 16 != 0;
    if (isCallers)
      types[output.value] = ElementType::F32;
    output.operand.type = types[output.value];
  }
  for (size_t i = 0; i < request.inputs.size(); ++i)
    request.inputs[i].type = types[i];
  for (size_t i = 0; i < request.ops.size(); ++i)
    request.ops[i].type = types[request.inputs.size() + i];
}

} // namespace mobileone::schedules::testing
