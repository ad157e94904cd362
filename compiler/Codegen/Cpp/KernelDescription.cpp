//===- KernelDescription.cpp - What stands above a printed kernel ---------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Cpp/KernelCpp.h"

#include <fmt/format.h>

using namespace mobileone::schedules;

namespace mobileone {

static std::string text(const Shape &shape) {
  return fmt::format("{} x {} x {}", shape.channels, shape.width, shape.height);
}

/// What the op is called in names of buffers.
static std::string shortName(const Op &op) {
  switch (op.kind) {
  case OpKind::ReadInput:
    return "image";
  case OpKind::Conv:
    return op.groups > 1 ? "depthwise" : op.kernel == 1 ? "pointwise" : "conv";
  case OpKind::Scale:
    return "scaled";
  case OpKind::RowSums:
    return "row_sums";
  case OpKind::Excite:
    return "gate";
  case OpKind::GlobalAveragePool:
    return "pool";
  case OpKind::Linear:
    return "linear";
  case OpKind::WriteOutput:
    return "output";
  }
  return "value";
}

static std::string describe(const Op &op) {
  std::string result;
  switch (op.kind) {
  case OpKind::ReadInput:
    result = "read the caller's image";
    if (!op.mean.empty() || !op.standardDeviation.empty())
      result += ", (value - mean) / standard deviation";
    break;
  case OpKind::Conv:
    result = fmt::format("{0} convolution {1} x {1}, stride {2}, padding {3}",
                         shortName(op) == "conv" ? "dense" : shortName(op),
                         op.kernel, op.stride, op.padding);
    break;
  case OpKind::Scale:
    result = "times a gate per channel";
    break;
  case OpKind::RowSums:
    result = "sums over x";
    break;
  case OpKind::Excite:
    result = fmt::format("squeeze-excite gate, {} hidden, of {} pixels",
                         op.hidden, op.pixels);
    break;
  case OpKind::GlobalAveragePool:
    result = "mean over all pixels";
    break;
  case OpKind::Linear:
    result = "linear";
    break;
  case OpKind::WriteOutput:
    result = "copy to the caller's layout";
    break;
  }
  if (op.activation == Activation::ReLU)
    result += ", ReLU";
  return fmt::format("  {} -> {}", result, text(op.result));
}

static std::string describe(const std::string &name, const Operand &operand) {
  std::string result =
      fmt::format("  {}: {} {}, strides {}", name,
                  operand.type == ElementType::U8 ? "u8" : "f32",
                  text(operand.shape), fmt::join(operand.strides, ", "));
  if (operand.storedChannels != operand.shape.channels)
    result += fmt::format(", {} channels in memory, the rest zero",
                          operand.storedChannels);
  if (operand.border > 0)
    result += fmt::format(", border of {} zero pixel{}", operand.border,
                          operand.border == 1 ? "" : "s");
  return result;
}

static std::string describe(const std::string &name,
                            const WeightPacking &packing) {
  switch (packing.kind) {
  case PackingKind::Vector:
    return fmt::format("  {}: f32 [{}]", name, packing.paddedOutputs);
  case PackingKind::DepthwiseTaps:
    return fmt::format("  {}: f32 [tap {}][channel {}]", name, packing.taps,
                       packing.paddedOutputs);
  case PackingKind::Panels:
    return fmt::format("  {}: f32 [panel {}][tap {}][input {}][output {}]",
                       name, packing.paddedOutputs / packing.panel,
                       packing.taps, packing.paddedInputs, packing.panel);
  }
  return "";
}

static std::string describeSchedule(const KernelLayout &layout) {
  std::string result = "schedule " + layout.schedule;
  std::string separator = ": ";
  for (const auto &[name, value] : layout.parameters) {
    result += fmt::format("{}{} {}", separator, name, value);
    separator = ", ";
  }
  result += "\n";
  static const char *const dimensions[] = {"channels", "columns", "rows"};
  if (layout.tileDimension >= 0 && layout.tileDimension < 3)
    result += fmt::format("tiles: {} of {} {}\n", layout.tileCount,
                          layout.tileExtent, dimensions[layout.tileDimension]);
  return result;
}

static std::string roleName(const Op &op, WeightRole role) {
  switch (role) {
  case WeightRole::Filter:
    return shortName(op) + "_filter";
  case WeightRole::Bias:
    return shortName(op) + "_bias";
  case WeightRole::ReduceFilter:
    return "reduce_filter";
  case WeightRole::ReduceBias:
    return "reduce_bias";
  case WeightRole::ExpandFilter:
    return "expand_filter";
  case WeightRole::ExpandBias:
    return "expand_bias";
  }
  return "weight";
}

/// Number `index` of `count` things that share a name.
static std::string numbered(const std::string &name, size_t index,
                            size_t count) {
  return count == 1 ? name : name + std::to_string(index);
}

std::vector<std::string> kernelArgumentNames(const KernelRequest &request,
                                             const KernelLayout &layout) {
  std::vector<std::string> names;
  size_t inputs = request.inputs.size();
  for (size_t i = 0; i < inputs; ++i)
    names.push_back(numbered("input", i, inputs));
  for (const WeightOperand &weight : weightOperands(request))
    names.push_back(roleName(request.ops[weight.op], weight.role));
  for (const ScratchBuffer &scratch : layout.scratch) {
    size_t op = size_t(scratch.value) - inputs;
    std::string name = op < request.ops.size()
                           ? shortName(request.ops[op])
                           : "value" + std::to_string(scratch.value);
    names.push_back(name + (scratch.followsTile ? "_rows" : "_whole"));
  }
  for (size_t i = 0; i < request.outputs.size(); ++i)
    names.push_back(numbered("output", i, request.outputs.size()));
  return names;
}

std::string describeKernel(const KernelRequest &request,
                           const KernelLayout &layout) {
  std::vector<std::string> names = kernelArgumentNames(request, layout);
  size_t next = 0;
  std::string result = "operations, channels x width x height:\n";
  for (const Op &op : request.ops)
    result += describe(op) + "\n";
  result += "buffers (channel, x, y), strides in elements:\n";
  for (const Operand &operand : request.inputs)
    result += describe(names[next++], operand) + "\n";
  for (const WeightPacking &packing : layout.weights)
    result += describe(names[next++], packing) + "\n";
  for (const ScratchBuffer &scratch : layout.scratch)
    result += describe(names[next++], scratch.operand) + "\n";
  for (const KernelOutput &output : request.outputs)
    result += describe(names[next++], output.operand) + "\n";
  return result + describeSchedule(layout);
}

} // namespace mobileone
