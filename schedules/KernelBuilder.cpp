//===- KernelBuilder.cpp - From a request to Halide functions -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/KernelBuilder.h"

#include <set>

using namespace Halide;

namespace mobileone::schedules {

static Type typeInMemory(ElementType type, const Machine &machine) {
  bool isBits = type == ElementType::F16 && !machine.hasHalfType;
  return isBits ? UInt(16) : typeOf(type);
}

/// A half in memory as a float.
static Expr widen(Expr half) {
  return half.type() == UInt(16) ? halfToFloat(half) : cast<float>(half);
}

/// `func` of halves as kernels read it that compute in floats.
static Func widen(Func func) {
  std::vector<Var> arguments = func.args();
  Func widened(func.name() + "_f32");
  widened(arguments) = widen(Expr(func(arguments)));
  return widened;
}

/// Fixes all about a buffer of several images.
static void pinImages(OutputImageParam buffer, const Operand &operand,
                      int images) {
  int extents[] = {operand.storedChannels, operand.shape.width,
                   operand.shape.height};
  for (int d = 0; d < 3; ++d)
    buffer.dim(d).set_bounds(0, extents[d]).set_stride(operand.strides[d]);
  buffer.dim(3).set_bounds(0, images).set_stride(operand.imageStride);
}

/// A buffer that is only read. Its mins stay open: whether a border is inside
/// or outside of the extents is up to the caller.
static ImageParam makeInput(const Operand &operand,
                            const KernelRequest &request,
                            const std::string &name) {
  if (operand.imageStride) {
    ImageParam param(typeInMemory(operand.type, request.machine), 4, name);
    pinImages(param, operand, request.images);
    return param;
  }
  ImageParam param(typeOf(operand.type), 3, name);
  for (int d = 0; d < 3; ++d)
    param.dim(d).set_stride(operand.strides[d]);
  param.dim(0).set_min(0);
  return param;
}

static ImageParam makeWeight(const WeightPacking &packing,
                             const Machine &machine, const std::string &name) {
  Operand operand = packedOperand(packing);
  ImageParam param(typeInMemory(packing.type, machine), 3, name);
  int extents[] = {operand.shape.channels, operand.shape.width,
                   operand.shape.height};
  for (int d = 0; d < 3; ++d)
    param.dim(d).set_bounds(0, extents[d]).set_stride(operand.strides[d]);
  param.set_host_alignment(64);
  return param;
}

/// `weight` as an operation reads that adds up in `accumulator`.
static Func readWeight(const ImageParam &weight, Type accumulator) {
  if (weight.type() == Float(32) || weight.type() == accumulator)
    return weight;
  return widen(weight);
}

/// Fixes what is constant about the buffer that `func` fills: strides, and the
/// extents that tiles do not cut. `tileDimension` is -1 for none.
static void pinOutput(Func func, const Operand &operand, int images,
                      int tileDimension, int tileExtent) {
  OutputImageParam buffer = func.output_buffer();
  if (operand.imageStride)
    return pinImages(buffer, operand, images);
  int extents[] = {operand.storedChannels, operand.shape.width,
                   operand.shape.height};
  for (int d = 0; d < 3; ++d) {
    Internal::Dimension dimension = buffer.dim(d);
    dimension.set_stride(operand.strides[d]);
    if (d != tileDimension)
      dimension.set_bounds(0, extents[d]);
    else if (d == 0) // Tiles start at whole panels of weights.
      dimension.set_min(dimension.min() / tileExtent * tileExtent);
  }
}

KernelBuilder::KernelBuilder(const KernelRequest &request,
                             const KernelLayout &layout)
    : request(request), layout(layout) {
  for (const Operand &operand : request.inputs) {
    std::string name = "input" + std::to_string(inputs.size());
    inputs.push_back(makeInput(operand, request, name));
    // GPUs look at edges: they do so once per value if that is a float.
    bool widens = operand.type == ElementType::F16 && operand.imageStride;
    Func read = inputs.back();
    values.push_back(
        {widens ? widen(read) : read, operand.shape, operand.border});
  }
  std::vector<WeightOperand> operands = weightOperands(request);
  for (const WeightPacking &packing : layout.weights) {
    const Op &op = request.ops[operands[weights.size()].op];
    std::string name = "weight" + std::to_string(weights.size());
    weights.push_back(makeWeight(packing, request.machine, name));
    readWeights.push_back(
        readWeight(weights.back(), typeOf(op.accumulatorType)));
  }
  values.resize(request.inputs.size() + request.ops.size());
}

Weight KernelBuilder::weight(int op, WeightRole role) const {
  std::vector<WeightOperand> operands = weightOperands(request);
  for (size_t i = 0; i < operands.size(); ++i)
    if (operands[i].op == op && operands[i].role == role)
      return {readWeights[i], layout.weights[i], weights[i].name()};
  throw Error("operation without such a weight");
}

Func KernelBuilder::stored(int number) const {
  if (number < int(inputs.size()))
    return inputs[number];
  auto found = bits.find(number);
  return found == bits.end() ? values[number].func : found->second;
}

/// Where there is no type of halves, operations make floats, and what is stored
/// are those halves' bits, which later operations read.
Definition KernelBuilder::store(int index, ElementType type,
                                Definition definition, int border) {
  int number = resultOf(index);
  const Shape &shape = request.ops[index].result;
  if (type == ElementType::F16 && !request.machine.hasHalfType) {
    std::vector<Var> arguments = definition.result.args();
    Func halves(definition.result.name() + "_f16");
    halves(arguments) = floatToHalf(definition.result(arguments));
    definition.result = bits[number] = halves;
    values[number] = {widen(halves), shape, border};
  } else {
    values[number] = {definition.result, shape, border};
  }
  return definition;
}

/// What `op` is to make where the machine's code cannot name `type`.
static ElementType typeInCode(ElementType type, const Machine &machine) {
  bool isBits = type == ElementType::F16 && !machine.hasHalfType;
  return isBits ? ElementType::F32 : type;
}

Definition KernelBuilder::define(int index, ElementType type) {
  Op op = request.ops[index];
  op.type = typeInCode(type, request.machine);
  const Tensor &input = values[op.inputs[0]];
  Definition definition;
  switch (op.kind) {
  case OpKind::ReadInput:
    definition = readInput(op, input);
    break;
  case OpKind::Conv:
    definition =
        conv(op, input, weight(index), weight(index, WeightRole::Bias));
    break;
  case OpKind::Scale:
    definition = scale(op, input, values[op.inputs[1]]);
    break;
  case OpKind::RowSums:
    definition = rowSums(op, input);
    break;
  case OpKind::GlobalAveragePool:
    definition = globalAveragePool(op, input);
    break;
  case OpKind::Linear:
    definition =
        linear(op, input, weight(index), weight(index, WeightRole::Bias));
    break;
  case OpKind::WriteOutput:
    definition = writeOutput(op, input);
    break;
  case OpKind::Excite:
    throw Error("defineExcite defines Excite");
  }
  // Zeros around stay zeros only under a gate.
  int border = op.kind == OpKind::Scale ? input.border : 0;
  return store(index, type, definition, border);
}

ExciteDefinition KernelBuilder::defineExcite(int index) {
  Op op = request.ops[index];
  op.type = typeInCode(op.type, request.machine);
  ExciteDefinition definition =
      excite(op, values[op.inputs[0]], weight(index, WeightRole::ReduceFilter),
             weight(index, WeightRole::ReduceBias),
             weight(index, WeightRole::ExpandFilter),
             weight(index, WeightRole::ExpandBias));
  definition.gate = store(index, request.ops[index].type, definition.gate, 0);
  return definition;
}

void KernelBuilder::addScratch(Func func) {
  const ScratchBuffer &scratch = layout.scratch[outputs.size()];
  pinOutput(func, scratch.operand, request.images, scratch.followsTile ? 2 : -1,
            1);
  outputs.push_back(func);
}

std::vector<OutputCopy> KernelBuilder::finish(HalideKernel &kernel) {
  std::set<int> written;
  std::vector<OutputCopy> copies;
  for (const KernelOutput &output : request.outputs) {
    Func func = stored(output.value);
    bool isInput = output.value < int(request.inputs.size());
    if (isInput || !written.insert(output.value).second) {
      Dimensions d(values[output.value]);
      Func copy("copy");
      copy(d.all) = func(d.all);
      func = copy;
      copies.push_back({copy, output.operand});
    }
    pinOutput(func, output.operand, request.images, layout.tileDimension,
              layout.tileExtent);
    outputs.push_back(func);
  }
  kernel.pipeline = Pipeline(outputs);
  kernel.arguments.clear();
  for (ImageParam &input : inputs)
    kernel.arguments.push_back(input);
  for (ImageParam &weight : weights)
    kernel.arguments.push_back(weight);
  return copies;
}

} // namespace mobileone::schedules
