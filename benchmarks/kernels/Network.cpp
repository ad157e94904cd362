//===- Network.cpp - A network's kernels with their memory ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Network.h"

#include "Peak.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sys/mman.h>

using namespace mobileone::schedules;

namespace {

/// 2 MiB aligned memory filled with small numbers, in huge pages if asked for
/// and granted.
float *allocate(size_t bytes, bool hugePages) {
  size_t page = size_t(2) << 20;
  size_t rounded = (bytes + page) / page * page;
  void *memory = std::aligned_alloc(page, rounded);
  madvise(memory, rounded, hugePages ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
  std::fill_n(static_cast<float *>(memory), bytes / 4, 0.01f);
  return static_cast<float *>(memory);
}

size_t floatsOf(const Operand &operand) {
  size_t last = 0;
  int b = operand.border;
  last += size_t(operand.storedChannels) * operand.strides[0];
  last += size_t(operand.shape.width + 2 * b) * operand.strides[1];
  last += size_t(operand.shape.height + 2 * b) * operand.strides[2];
  return (last + 15) / 16 * 16;
}

/// Where the operands of a step lie.
struct Memory {
  float *source, *target, *scratch, *weights;
};

Argument makeArgument(const Operand &operand, float *memory, int dimension,
                      int min, int extent, bool fromStart) {
  Argument argument;
  int extents[] = {operand.storedChannels, operand.shape.width,
                   operand.shape.height};
  int64_t first = int64_t(operand.border) *
                  (operand.strides[1] + int64_t(operand.strides[2]));
  for (int d = 0; d < 3; ++d) {
    argument.dimensions[d] = {0, extents[d], operand.strides[d], 0};
    if (d != dimension)
      continue;
    argument.dimensions[d].min = min;
    argument.dimensions[d].extent = std::min(extent, extents[d] - min);
    first += fromStart ? 0 : int64_t(min) * operand.strides[d];
  }
  bool isBytes = operand.type == ElementType::U8;
  argument.buffer.type =
      isBytes ? halide_type_of<uint8_t>() : halide_type_of<float>();
  argument.buffer.host =
      reinterpret_cast<uint8_t *>(memory) + first * (isBytes ? 1 : 4);
  argument.buffer.dimensions = 3;
  return argument;
}

Call makeCall(const CompiledKernel &kernel, Memory memory, int tile) {
  const KernelLayout &layout = kernel.layout;
  int dimension = layout.tileDimension, extent = layout.tileExtent;
  int min = dimension < 0 ? 0 : tile * extent;
  Call call;
  for (const Operand &operand : kernel.request.inputs) {
    call.arguments.push_back(
        makeArgument(operand, memory.source, -1, 0, 0, false));
    memory.source += floatsOf(operand);
  }
  for (const WeightPacking &packing : layout.weights) {
    call.arguments.push_back(
        makeArgument(packedOperand(packing), memory.weights, -1, 0, 0, false));
    memory.weights += floatsOf(packedOperand(packing));
  }
  for (const ScratchBuffer &scratch : layout.scratch) {
    bool follows = scratch.followsTile && dimension >= 0;
    call.arguments.push_back(makeArgument(scratch.operand, memory.scratch,
                                          follows ? dimension : -1, min, extent,
                                          true));
    memory.scratch += floatsOf(scratch.operand);
  }
  for (const KernelOutput &output : kernel.request.outputs) {
    call.arguments.push_back(makeArgument(output.operand, memory.target,
                                          dimension, min, extent, false));
    memory.target += floatsOf(output.operand);
  }
  return call;
}

void linkPointers(Call &call) {
  for (Argument &argument : call.arguments) {
    argument.buffer.dim = argument.dimensions;
    call.pointers.push_back(&argument.buffer);
  }
}

size_t weightFloats(const CompiledKernel &kernel) {
  size_t total = 0;
  for (const WeightPacking &packing : kernel.layout.weights)
    total += floatsOf(packedOperand(packing));
  return total;
}

double runStep(Step &step) {
  auto start = std::chrono::steady_clock::now();
  for (Call &call : step.tiles)
    step.kernel->function(call.pointers.data());
  std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  return time.count();
}

} // namespace

std::vector<Step> makeSteps(const std::vector<ShapeLine> &lines,
                            const std::vector<CompiledKernel> &kernels,
                            bool hugeWeights) {
  size_t buffer = 0, scratch = 0, weights = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    size_t inputs = 0, outputs = 0, strips = 0;
    for (const Operand &operand : kernels[i].request.inputs)
      inputs += floatsOf(operand);
    for (const KernelOutput &output : kernels[i].request.outputs)
      outputs += floatsOf(output.operand);
    for (const ScratchBuffer &strip : kernels[i].layout.scratch)
      strips += floatsOf(strip.operand);
    buffer = std::max({buffer, inputs, outputs});
    scratch = std::max(scratch, strips);
    weights += lines[i].count * weightFloats(kernels[i]);
  }
  Memory memory = {allocate(buffer * 4, true), allocate(buffer * 4, true),
                   allocate(scratch * 4, true),
                   allocate(weights * 4, hugeWeights)};
  std::vector<Step> steps;
  for (size_t i = 0; i < lines.size(); ++i)
    for (int n = 0; n < lines[i].count; ++n) {
      Step step{&kernels[i], int(i), {}, 1e9, {}};
      for (int tile = 0; tile < kernels[i].layout.tileCount; ++tile)
        step.tiles.push_back(makeCall(kernels[i], memory, tile));
      memory.weights += weightFloats(kernels[i]);
      std::swap(memory.source, memory.target);
      steps.push_back(std::move(step));
    }
  for (Step &step : steps)
    for (Call &call : step.tiles)
      linkPointers(call);
  return steps;
}

Result measure(std::vector<Step> &steps, int runs, int vectorBytes) {
  Result result;
  for (int run = 0; run < runs; ++run) {
    if (run % 5 == 0)
      result.peak = std::max(result.peak, measurePeak(vectorBytes));
    double total = 0.0;
    for (Step &step : steps) {
      double time = runStep(step);
      step.best = std::min(step.best, time);
      step.times.push_back(time);
      total += time;
    }
    result.total = std::min(result.total, total);
  }
  return result;
}
