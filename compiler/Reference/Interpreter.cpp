//===- Interpreter.cpp - Runs the IR, slowly and obviously right ----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Reference/Interpreter.h"

#include "compiler/Dialect/Locations.h"
#include "compiler/Dialect/WeightUses.h"
#include "compiler/Reference/Evaluate.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mobileone;

namespace {
using Tensors = std::vector<ReferenceTensor>;
using TensorPointers = std::vector<const ReferenceTensor *>;

class Interpreter {
public:
  Interpreter(const WeightStore &weights, const Observer &observer)
      : weights(weights), observer(observer) {}

  /// Runs `block` and returns what its terminator returns or yields.
  Tensors run(Block &block, Tensors arguments);

private:
  Tensors evaluateOp(Operation &op, const TensorPointers &inputs);
  ReferenceTensor evaluateImage(Operation &op, const TensorPointers &inputs);
  void define(Value value, ReferenceTensor tensor);
  void releaseOperands(Operation &op);

  WeightReader weights;
  const Observer &observer;
  struct Live {
    ReferenceTensor tensor;
    unsigned usesLeft;
  };
  llvm::DenseMap<Value, std::unique_ptr<Live>> values;
};
} // namespace

void Interpreter::define(Value value, ReferenceTensor tensor) {
  auto uses =
      static_cast<unsigned>(std::distance(value.use_begin(), value.use_end()));
  if (uses > 0)
    values[value] = std::make_unique<Live>(Live{std::move(tensor), uses});
}

/// Frees values after their last use: a large network's values together would
/// take gigabytes.
void Interpreter::releaseOperands(Operation &op) {
  for (Value operand : op.getOperands())
    if (--values[operand]->usesLeft == 0)
      values.erase(operand);
}

Tensors Interpreter::run(Block &block, Tensors arguments) {
  for (auto [value, tensor] : llvm::zip_equal(block.getArguments(), arguments))
    define(value, std::move(tensor));
  for (Operation &op : block) {
    TensorPointers inputs;
    for (Value operand : op.getOperands())
      inputs.push_back(&values[operand]->tensor);
    if (op.hasTrait<OpTrait::IsTerminator>()) {
      Tensors results;
      for (const ReferenceTensor *input : inputs)
        results.push_back(*input);
      releaseOperands(op);
      return results;
    }
    Tensors results = evaluateOp(op, inputs);
    for (auto [value, tensor] : llvm::zip_equal(op.getResults(), results))
      roundTo(cast<RankedTensorType>(value.getType()).getElementType(),
              tensor.values);
    if (observer)
      observer(op, results);
    releaseOperands(op);
    for (auto [value, tensor] : llvm::zip_equal(op.getResults(), results))
      define(value, std::move(tensor));
  }
  return {};
}

/// Image `index` of `tensor`.
static ReferenceTensor imageOf(const ReferenceTensor &tensor, int64_t index) {
  int64_t elements = int64_t(tensor.values.size()) / tensor.shape[0];
  auto begin = tensor.values.begin() + index * elements;
  ReferenceTensor image{tensor.shape, {begin, begin + elements}};
  image.shape[0] = 1;
  return image;
}

Tensors Interpreter::evaluateOp(Operation &op, const TensorPointers &inputs) {
  if (auto kernel = dyn_cast<KernelOp>(op)) {
    Tensors arguments;
    for (const ReferenceTensor *input : inputs)
      arguments.push_back(*input);
    return run(kernel.getBody().front(), std::move(arguments));
  }
  int64_t batch =
      cast<RankedTensorType>(op.getResult(0).getType()).getDimSize(0);
  if (batch == 1)
    return {evaluateImage(op, inputs)};
  ReferenceTensor result;
  for (int64_t i = 0; i < batch; ++i) {
    Tensors images;
    for (const ReferenceTensor *input : inputs)
      images.push_back(imageOf(*input, i));
    TensorPointers pointers;
    for (const ReferenceTensor &image : images)
      pointers.push_back(&image);
    ReferenceTensor image = evaluateImage(op, pointers);
    result.shape = image.shape;
    llvm::append_range(result.values, image.values);
  }
  result.shape[0] = batch;
  return {std::move(result)};
}

ReferenceTensor Interpreter::evaluateImage(Operation &op,
                                           const TensorPointers &inputs) {
  return TypeSwitch<Operation *, ReferenceTensor>(&op)
      .Case<ReadInputOp, ReluOp, GlobalAveragePoolOp, WriteOutputOp, RowSumsOp>(
          [&](auto concrete) { return evaluate(concrete, *inputs[0]); })
      .Case<ConvOp, BatchNormOp, SqueezeExciteOp, LinearOp, ExciteOp>(
          [&](auto concrete) {
            return evaluate(concrete, *inputs[0], weights);
          })
      .Case<AddOp>([&](AddOp add) { return evaluate(add, inputs); })
      .Case<ScaleOp>([&](ScaleOp scale) {
        return evaluate(scale, *inputs[0], *inputs[1]);
      });
}

//===----------------------------------------------------------------------===//
// What must hold before
//===----------------------------------------------------------------------===//

static std::string printShape(ArrayRef<int64_t> shape) {
  std::string text = "[";
  for (auto [index, extent] : llvm::enumerate(shape))
    text += (index ? ", " : "") + std::to_string(extent);
  return text + "]";
}

static void checkWeights(func::FuncOp function, const WeightStore &weights,
                         DiagnosticList &diagnostics) {
  for (const WeightUse &use : requiredWeights(function)) {
    const WeightView *view = weights.find(use.name);
    if (!view)
      diagnostics.error(ErrorKind::WeightsMismatch, use.name,
                        "there is no such weight");
    else if (view->shape != use.shape)
      diagnostics.error(ErrorKind::WeightsMismatch, use.name,
                        "the weight's shape is " + printShape(view->shape) +
                            ", but '" +
                            use.user->getName().getStringRef().str() +
                            "' needs " + printShape(use.shape));
  }
}

static void checkInputs(func::FuncOp function, const Tensors &inputs,
                        DiagnosticList &diagnostics) {
  std::string where = function.getName().str();
  if (inputs.size() != function.getNumArguments())
    return diagnostics.error(
        ErrorKind::BadInput, where,
        "the function takes " + std::to_string(function.getNumArguments()) +
            " inputs, but got " + std::to_string(inputs.size()));
  for (auto [index, input] : llvm::enumerate(inputs)) {
    auto type = dyn_cast<RankedTensorType>(function.getArgumentTypes()[index]);
    int64_t elements = static_cast<int64_t>(input.values.size());
    if (!type || type.getShape() != ArrayRef<int64_t>(input.shape) ||
        elements != type.getNumElements())
      diagnostics.error(
          ErrorKind::BadInput, where,
          "input " + std::to_string(index) + " has the shape " +
              printShape(input.shape) + ", but the function's is " +
              (type ? printShape(type.getShape()) : "not a tensor"));
  }
}

static void checkOperations(func::FuncOp function,
                            DiagnosticList &diagnostics) {
  function.getBody().walk([&](Operation *op) {
    if (!isa<MobileOneDialect>(op->getDialect()) && !isa<func::ReturnOp>(op))
      diagnostics.error(ErrorKind::Unsupported, jsonPathOf(op->getLoc()),
                        "the interpreter does not know '" +
                            op->getName().getStringRef().str() + "'");
  });
}

std::optional<Tensors> mobileone::interpret(func::FuncOp function,
                                            const WeightStore &weights,
                                            const Tensors &inputs,
                                            DiagnosticList &diagnostics,
                                            const Observer &observer) {
  size_t before = diagnostics.all().size();
  checkOperations(function, diagnostics);
  checkWeights(function, weights, diagnostics);
  checkInputs(function, inputs, diagnostics);
  if (diagnostics.all().size() > before)
    return std::nullopt;
  return Interpreter(weights, observer).run(function.getBody().front(), inputs);
}

std::vector<ReferenceTensor>
mobileone::interpretKernel(KernelOp kernel, const WeightStore &weights,
                           std::vector<ReferenceTensor> inputs) {
  Observer none;
  return Interpreter(weights, none)
      .run(kernel.getBody().front(), std::move(inputs));
}
