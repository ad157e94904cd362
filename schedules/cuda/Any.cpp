//===- Any.cpp - A schedule for every request -----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every operation is a launch of its own and fills a buffer, gates apart, which
// are computed where they are read. Right for everything, and slow.
//
//===----------------------------------------------------------------------===//
#include "schedules/cuda/Schedules.h"
#include "schedules/cuda/Stages.h"

#include <algorithm>

using namespace Halide;

namespace mobileone::schedules {

static bool matches(const KernelRequest &) { return true; }

static const Operand *outputOf(const KernelRequest &request, int value) {
  for (const KernelOutput &output : request.outputs)
    if (output.value == value)
      return &output.operand;
  return nullptr;
}

/// Scratch of `shape` with padded channels, dense, for every image.
static ScratchBuffer makeScratch(const KernelRequest &request, int value,
                                 Shape shape, ElementType type) {
  int stored = roundUp(shape.channels, request.machine.channelAlignment);
  ScratchBuffer scratch;
  scratch.value = value;
  scratch.operand.shape = shape;
  scratch.operand.type = type;
  scratch.operand.storedChannels = stored;
  scratch.operand.strides = {1, stored, stored * shape.width};
  scratch.operand.imageStride = stored * shape.width * shape.height;
  scratch.followsTile = false;
  return scratch;
}

static KernelLayout layout(const KernelRequest &request) {
  KernelLayout layout;
  layout.schedule = "cuda." + cudaAny.name;
  int align = request.machine.channelAlignment;
  for (const WeightOperand &operand : weightOperands(request))
    layout.weights.push_back(packing(request, operand, {4, 1, align}));
  int value = int(request.inputs.size());
  for (const Op &op : request.ops) {
    if (op.kind == OpKind::Excite) {
      layout.scratch.push_back(makeScratch(
          request, value, {op.result.channels, 1, 1}, ElementType::F32));
      layout.scratch.push_back(
          makeScratch(request, value, {op.hidden, 1, 1}, ElementType::F32));
    }
    if (op.kind != OpKind::Scale && !outputOf(request, value))
      layout.scratch.push_back(makeScratch(request, value, op.result, op.type));
    ++value;
  }
  return layout;
}

/// The next of the layout's scratch buffers.
static void keep(const Definition &definition, const KernelLayout &layout,
                 KernelBuilder &builder, int &next) {
  scheduleElements(definition, layout.scratch[next++].operand, 1);
  builder.addScratch(definition.result);
}

static void build(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel) {
  KernelBuilder builder(request, layout);
  int next = 0;
  for (int i = 0; i < int(request.ops.size()); ++i) {
    const Op &op = request.ops[i];
    const Operand *output = outputOf(request, builder.resultOf(i));
    Definition definition;
    if (op.kind == OpKind::Excite) {
      ExciteDefinition excite = builder.defineExcite(i);
      keep(excite.mean, layout, builder, next);
      keep(excite.hidden, layout, builder, next);
      definition = excite.gate;
    } else {
      bool isInlined = op.kind == OpKind::Scale && !output;
      definition = builder.define(i, isInlined ? op.accumulatorType : op.type);
    }
    if (output)
      scheduleElements(definition, *output, 1);
    else if (op.kind != OpKind::Scale)
      keep(definition, layout, builder, next);
  }
  for (const OutputCopy &copy : builder.finish(kernel))
    scheduleElements({copy.func, Func(), RDom()}, copy.operand, 1);
}

const Schedule cudaAny = {"any", matches, layout, build};

} // namespace mobileone::schedules
