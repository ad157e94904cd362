//===- Operands.cpp - How values of the IR lie in memory ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/Operands.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace mobileone;
using schedules::Operand;
using schedules::Shape;

/// Padding of the convolutions that read `value` within one kernel's body.
static int paddingOfReaders(Value value) {
  int padding = 0;
  for (OpOperand &use : value.getUses()) {
    if (auto conv = dyn_cast<ConvOp>(use.getOwner()))
      padding = std::max(padding, int(conv.getPadding()));
    // Zero times a gate stays zero, and so does its activation.
    else if (auto scale = dyn_cast<ScaleOp>(use.getOwner());
             scale && use.get() == scale.getInput())
      padding = std::max(padding, paddingOfReaders(scale.getResult()));
  }
  return padding;
}

bool mobileone::isModelOutput(Value value) {
  return llvm::any_of(value.getUsers(), llvm::IsaPred<func::ReturnOp>);
}

int mobileone::imagesOf(Value value, const schedules::Machine &machine) {
  auto type = cast<RankedTensorType>(value.getType());
  return machine.computesBatch ? int(type.getDimSize(0)) : 1;
}

int mobileone::borderOf(Value value, const schedules::Machine &machine) {
  if (!machine.hasBorders || isa<BlockArgument>(value) || isModelOutput(value))
    return 0;
  int border = 0;
  for (OpOperand &use : value.getUses())
    if (auto kernel = dyn_cast<KernelOp>(use.getOwner())) {
      Value inside = kernel.getBody().getArgument(use.getOperandNumber());
      border = std::max(border, paddingOfReaders(inside));
    }
  return border;
}

Shape mobileone::extentsOf(Value value) {
  llvm::ArrayRef<int64_t> dims =
      cast<RankedTensorType>(value.getType()).getShape();
  switch (dims.size()) {
  case 4:
    return {int(dims[3]), int(dims[2]), int(dims[1])};
  case 3:
    return {int(dims[2]), 1, int(dims[1])};
  default:
    return {int(dims[1]), 1, 1};
  }
}

/// A tensor of the caller: dense, in its own layout.
schedules::ElementType mobileone::elementTypeOf(Type type) {
  if (type.isInteger(8))
    return schedules::ElementType::U8;
  return type.isF16() ? schedules::ElementType::F16
                      : schedules::ElementType::F32;
}

static schedules::ElementType typeOfElements(Value value) {
  return elementTypeOf(
      cast<RankedTensorType>(value.getType()).getElementType());
}

static Operand callersOperand(Value value, Layout layout) {
  auto type = cast<RankedTensorType>(value.getType());
  llvm::ArrayRef<int64_t> dims = type.getShape();
  Operand operand;
  operand.type = typeOfElements(value);
  if (dims.size() == 2)
    operand.shape = {int(dims[1]), 1, 1};
  else if (layout == Layout::NHWC)
    operand.shape = {int(dims[3]), int(dims[2]), int(dims[1])};
  else
    operand.shape = {int(dims[1]), int(dims[3]), int(dims[2])};
  const auto [channels, width, height] = operand.shape;
  operand.storedChannels = channels;
  operand.strides = layout == Layout::NHWC
                        ? std::array<int, 3>{1, channels, channels * width}
                        : std::array<int, 3>{width * height, 1, width};
  if (dims.size() == 2)
    operand.strides = {1, channels, channels};
  return operand;
}

/// The layout in which kernels read an argument of the model.
static Layout inputLayout(Value argument) {
  for (OpOperand &use : argument.getUses()) {
    auto kernel = dyn_cast<KernelOp>(use.getOwner());
    if (!kernel)
      continue;
    Value inside = kernel.getBody().getArgument(use.getOperandNumber());
    for (Operation *user : inside.getUsers())
      if (auto read = dyn_cast<ReadInputOp>(user))
        return read.getLayout();
  }
  return Layout::NHWC;
}

Layout mobileone::callersLayoutOf(Value value) {
  if (isa<BlockArgument>(value))
    return inputLayout(value);
  auto kernel = value.getDefiningOp<KernelOp>();
  if (!kernel)
    return Layout::NHWC;
  unsigned number = cast<OpResult>(value).getResultNumber();
  Operation *yield = kernel.getBody().front().getTerminator();
  auto write = yield->getOperand(number).getDefiningOp<WriteOutputOp>();
  return write ? write.getLayout() : Layout::NHWC;
}

/// The layout of one image, or of each, one after another.
static Operand imageOperand(Value value, const schedules::Machine &machine) {
  if (isa<BlockArgument>(value) || isModelOutput(value))
    return callersOperand(value, callersLayoutOf(value));
  Operand operand;
  operand.shape = extentsOf(value);
  operand.type = typeOfElements(value);
  operand.border = borderOf(value, machine);
  operand.storedChannels =
      int(llvm::alignTo(operand.shape.channels, machine.channelAlignment));
  operand.strides = {1, operand.storedChannels,
                     operand.storedChannels *
                         (operand.shape.width + 2 * operand.border)};
  return operand;
}

Operand mobileone::operandOf(Value value, const schedules::Machine &machine) {
  Operand operand = imageOperand(value, machine);
  if (machine.computesBatch)
    operand.imageStride = int(int64_t(operand.storedChannels) *
                              operand.shape.width * operand.shape.height);
  return operand;
}

int64_t mobileone::bytesOf(const Operand &operand, int images) {
  int64_t elements = 1 + int64_t(images - 1) * operand.imageStride;
  const std::array<int, 3> extents = {
      operand.storedChannels, operand.shape.width + 2 * operand.border,
      operand.shape.height + 2 * operand.border};
  for (int d = 0; d < 3; ++d)
    elements += int64_t(extents[d] - 1) * operand.strides[d];
  return elements * schedules::bytesOf(operand.type);
}

int64_t mobileone::originOf(const Operand &operand) {
  int64_t elements =
      int64_t(operand.border) * (operand.strides[1] + operand.strides[2]);
  return elements * schedules::bytesOf(operand.type);
}
