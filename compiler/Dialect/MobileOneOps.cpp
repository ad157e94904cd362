//===- MobileOneOps.cpp - Verifiers of the dialect's operations -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/MobileOneDialect.h"

#define GET_OP_CLASSES
#include "compiler/Dialect/MobileOneOps.cpp.inc"

using namespace mlir;
using namespace mobileone;

//===----------------------------------------------------------------------===//
// Rules that several operations share
//===----------------------------------------------------------------------===//

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

/// Operations of a network as trained know f32 only.
static bool isTrainingOnly(Operation *op) {
  return isa<BatchNormOp, AddOp, ReluOp, SqueezeExciteOp>(op);
}

/// Requires known extents of at least 1, f32 or f16, and the given rank.
static LogicalResult requireShape(Operation *op, Value value, StringRef what,
                                  int64_t rank, StringRef spelling) {
  auto type = cast<RankedTensorType>(value.getType());
  bool positive =
      type.hasStaticShape() &&
      llvm::all_of(type.getShape(), [](int64_t n) { return n > 0; });
  Type element = type.getElementType();
  bool isKnown = element.isF32() || (element.isF16() && !isTrainingOnly(op));
  if (type.getRank() == rank && positive && isKnown)
    return success();
  return op->emitOpError() << what << " must be tensor<" << spelling
                           << (isTrainingOnly(op) ? "f32" : "f32 or f16")
                           << ">, but is " << type;
}

static LogicalResult requireActivations(Operation *op, Value value,
                                        StringRef what) {
  return requireShape(op, value, what, 4, "n x height x width x channels x ");
}
static LogicalResult requireRows(Operation *op, Value value, StringRef what) {
  return requireShape(op, value, what, 3, "n x height x channels x ");
}
static LogicalResult requireVector(Operation *op, Value value, StringRef what) {
  return requireShape(op, value, what, 2, "n x channels x ");
}

/// Requires what an operation's `filter_type` or `accumulator` may be.
static LogicalResult requireFloat(Operation *op, StringRef attribute,
                                  std::optional<Type> type) {
  if (!type || type->isF32() || type->isF16())
    return success();
  return op->emitOpError() << "'" << attribute
                           << "' must be f32 or f16, but is " << *type;
}

/// Requires narrow accumulators to add up what is as narrow.
template <typename Op> static LogicalResult requireProductTypes(Op op) {
  if (failed(requireFloat(op, "filter_type", op.getFilterType())) ||
      failed(requireFloat(op, "accumulator", op.getAccumulator())))
    return failure();
  auto input = cast<RankedTensorType>(op.getInput().getType());
  bool isHalf = op.getAccumulator() && op.getAccumulator()->isF16();
  if (!isHalf || (input.getElementType().isF16() && op.getFilterType() &&
                  op.getFilterType()->isF16()))
    return success();
  return op.emitOpError(
      "'accumulator' of f16 needs input and 'filter_type' of f16");
}

static LogicalResult requireEqual(Operation *op, StringRef rule, int64_t found,
                                  int64_t expected) {
  if (found == expected)
    return success();
  return op->emitOpError() << rule << " must be " << expected << ", but is "
                           << found;
}

/// Requires as many images in `result` as in `input`.
static LogicalResult requireSameBatch(Operation *op, Value input, Value result,
                                      StringRef rule = "result batch") {
  return requireEqual(op, rule, shapeOf(result)[0], shapeOf(input)[0]);
}

static LogicalResult requireAtLeast(Operation *op, StringRef attribute,
                                    int64_t found, int64_t minimum) {
  if (found >= minimum)
    return success();
  return op->emitOpError() << "'" << attribute << "' must be at least "
                           << minimum << ", but is " << found;
}

/// The shape of an image of `layout` as activations, NHWC.
static SmallVector<int64_t, 4> asNHWC(ArrayRef<int64_t> shape, Layout layout) {
  if (layout == Layout::NHWC)
    return SmallVector<int64_t, 4>(shape);
  return {shape[0], shape[2], shape[3], shape[1]};
}

/// Requires `callers`, of the given layout, to have the extents of
/// `activations`.
static LogicalResult requireSameImage(Operation *op, Value callers,
                                      Layout layout, Value activations,
                                      StringRef rule) {
  if (asNHWC(shapeOf(callers), layout) == shapeOf(activations))
    return success();
  return op->emitOpError() << rule << " must have equal extents in "
                           << stringifyLayout(layout) << " and nhwc, but are "
                           << callers.getType() << " and "
                           << activations.getType();
}

//===----------------------------------------------------------------------===//
// Training form
//===----------------------------------------------------------------------===//

LogicalResult BatchNormOp::verify() {
  if (failed(requireActivations(*this, getInput(), "input")))
    return failure();
  if (getEpsilon().isNegative() || !getEpsilon().isFinite())
    return emitOpError("'epsilon' must be finite and not negative");
  return success();
}

LogicalResult AddOp::verify() {
  return requireActivations(*this, getResult(), "result");
}

LogicalResult ReluOp::verify() {
  return requireActivations(*this, getInput(), "input");
}

//===----------------------------------------------------------------------===//
// Inference form
//===----------------------------------------------------------------------===//

/// `values` must be absent, or one finite number per channel.
static LogicalResult requirePerChannel(ReadInputOp op, StringRef name,
                                       std::optional<ArrayRef<double>> values,
                                       bool positive) {
  if (!values)
    return success();
  int64_t channels = shapeOf(op.getResult())[3];
  if (static_cast<int64_t>(values->size()) != channels)
    return op.emitOpError()
           << "'" << name << "' must have one value per "
           << "channel, " << channels << ", but has " << values->size();
  for (double value : *values)
    if (!std::isfinite(value) || (positive && value <= 0))
      return op.emitOpError() << "'" << name << "' must be finite"
                              << (positive ? " and positive" : "");
  return success();
}

LogicalResult ReadInputOp::verify() {
  auto type = getInput().getType();
  bool isImage = type.getRank() == 4 && type.hasStaticShape();
  bool isU8 = type.getElementType().isUnsignedInteger(8);
  if (!isImage || !(isU8 || type.getElementType().isF32()))
    return emitOpError("input must be a 4-d tensor of f32 or ui8, but is ")
           << type;
  if (failed(requireActivations(*this, getResult(), "result")))
    return failure();
  if (isU8 && getLayout() != Layout::NHWC)
    return emitOpError("input of ui8 must be nhwc");
  if (getMean().has_value() != getStandardDeviation().has_value())
    return emitOpError("'mean' and 'standard_deviation' must come together");
  if (failed(requireSameImage(*this, getInput(), getLayout(), getResult(),
                              "input and result")) ||
      failed(requirePerChannel(*this, "mean", getMean(), false)))
    return failure();
  return requirePerChannel(*this, "standard_deviation", getStandardDeviation(),
                           true);
}

int64_t ConvOp::getInputChannels() { return shapeOf(getInput())[3]; }
int64_t ConvOp::getOutputChannels() { return shapeOf(getResult())[3]; }

SmallVector<int64_t, 4> ConvOp::getFilterShape() {
  int64_t kernel = getKernel();
  return {getOutputChannels(), getInputChannels() / getGroups(), kernel,
          kernel};
}

LogicalResult ConvOp::verify() {
  if (failed(requireProductTypes(*this)) ||
      failed(requireActivations(*this, getInput(), "input")) ||
      failed(requireActivations(*this, getResult(), "result")) ||
      failed(requireSameBatch(*this, getInput(), getResult())) ||
      failed(requireAtLeast(*this, "kernel", getKernel(), 1)) ||
      failed(requireAtLeast(*this, "stride", getStride(), 1)) ||
      failed(requireAtLeast(*this, "padding", getPadding(), 0)))
    return failure();
  int64_t inputs = getInputChannels(), groups = getGroups();
  if (groups != 1 && groups != inputs)
    return emitOpError("'groups' must be 1 or the number of input channels, ")
           << inputs << ", but is " << groups;
  if (groups > 1 && getOutputChannels() != inputs)
    return emitOpError("of ")
           << groups << " groups must have as many output channels, but has "
           << getOutputChannels();
  static constexpr StringLiteral names[] = {"height", "width"};
  for (int dimension : {1, 2}) {
    int64_t kernel = getKernel(), stride = getStride();
    int64_t padded = shapeOf(getInput())[dimension] + 2 * getPadding();
    if (padded < kernel)
      return emitOpError("kernel must fit into the padded input's ")
             << names[dimension - 1] << ", " << padded << ", but is " << kernel;
    std::string rule = ("result " + names[dimension - 1] +
                        " (input + 2 * padding - kernel) / stride + 1")
                           .str();
    if (failed(requireEqual(*this, rule, shapeOf(getResult())[dimension],
                            (padded - kernel) / stride + 1)))
      return failure();
  }
  return success();
}

LogicalResult SqueezeExciteOp::verify() {
  if (failed(requireActivations(*this, getInput(), "input")))
    return failure();
  return requireAtLeast(*this, "hidden", getHidden(), 1);
}

LogicalResult GlobalAveragePoolOp::verify() {
  if (failed(requireActivations(*this, getInput(), "input")) ||
      failed(requireVector(*this, getResult(), "result")) ||
      failed(requireSameBatch(*this, getInput(), getResult())))
    return failure();
  return requireEqual(*this, "result channels", shapeOf(getResult())[1],
                      shapeOf(getInput())[3]);
}

LogicalResult LinearOp::verify() {
  if (failed(requireProductTypes(*this)) ||
      failed(requireVector(*this, getInput(), "input")) ||
      failed(requireVector(*this, getResult(), "result")))
    return failure();
  return requireSameBatch(*this, getInput(), getResult());
}

LogicalResult WriteOutputOp::verify() {
  if (failed(requireActivations(*this, getInput(), "input")))
    return failure();
  auto type = getResult().getType();
  if (type.getRank() != 4 || !type.hasStaticShape() ||
      !type.getElementType().isF32())
    return emitOpError("result must be a 4-d tensor of f32, but is ") << type;
  return requireSameImage(*this, getResult(), getLayout(), getInput(),
                          "result and input");
}

//===----------------------------------------------------------------------===//
// Planned form
//===----------------------------------------------------------------------===//

LogicalResult RowSumsOp::verify() {
  if (failed(requireActivations(*this, getInput(), "input")) ||
      failed(requireRows(*this, getResult(), "result")) ||
      failed(requireSameBatch(*this, getInput(), getResult())) ||
      failed(requireEqual(*this, "result height", shapeOf(getResult())[1],
                          shapeOf(getInput())[1])))
    return failure();
  return requireEqual(*this, "result channels", shapeOf(getResult())[2],
                      shapeOf(getInput())[3]);
}

LogicalResult ExciteOp::verify() {
  if (failed(requireFloat(*this, "filter_type", getFilterType())) ||
      failed(requireRows(*this, getInput(), "input")) ||
      failed(requireVector(*this, getResult(), "result")) ||
      failed(requireSameBatch(*this, getInput(), getResult())) ||
      failed(requireAtLeast(*this, "hidden", getHidden(), 1)) ||
      failed(requireAtLeast(*this, "pixels", getPixels(), 1)))
    return failure();
  return requireEqual(*this, "result channels", shapeOf(getResult())[1],
                      shapeOf(getInput())[2]);
}

LogicalResult ScaleOp::verify() {
  if (failed(requireActivations(*this, getInput(), "input")) ||
      failed(requireVector(*this, getGate(), "gate")) ||
      failed(requireSameBatch(*this, getInput(), getGate(), "gate batch")))
    return failure();
  return requireEqual(*this, "gate channels", shapeOf(getGate())[1],
                      shapeOf(getInput())[3]);
}
