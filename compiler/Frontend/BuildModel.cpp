//===- BuildModel.cpp - From a spec to the training form ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Frontend/BuildModel.h"

#include "compiler/Dialect/Locations.h"
#include "compiler/Frontend/Heads.h"
#include "compiler/Frontend/LayerBuilder.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace mobileone;

static constexpr llvm::StringLiteral nameAttribute = "mobileone.name";
static constexpr llvm::StringLiteral layoutAttribute = "mobileone.layout";

/// The shape of the network's input, NHWC.
static SmallVector<int64_t, 4> inputShape(const InputSpec &input) {
  return {input.batch, input.height, input.width, input.channels};
}

static RankedTensorType callerType(OpBuilder &builder, const InputSpec &input) {
  Type element = input.type == InputType::U8
                     ? Type(builder.getIntegerType(8, /*isSigned=*/false))
                     : Type(builder.getF32Type());
  return imageType(inputShape(input), toLayout(input.layout), element);
}

static Value buildReadInput(OpBuilder &builder, const InputSpec &input,
                            Value image) {
  auto perChannel = [&](const std::vector<double> &values) {
    return values.empty() ? nullptr : builder.getDenseF64ArrayAttr(values);
  };
  return ReadInputOp::create(
      builder, layerLocation(*builder.getContext(), "input", ""),
      RankedTensorType::get(inputShape(input), builder.getF32Type()), image,
      toLayout(input.layout), perChannel(input.mean),
      perChannel(input.standardDeviation));
}

static Backbone buildBackbone(OpBuilder &builder, const ModelSpec &spec,
                              CheckpointForm form, Value activations) {
  Backbone backbone;
  LayerBuilder layers(builder, spec, form);
  for (const LayerSpec &layer : layersOf(spec)) {
    activations = layers.build(layer, activations);
    if (layer.endsStage)
      backbone
          .stages[layer.stage == 0 ? "stem"
                                   : "stage" + std::to_string(layer.stage)] =
          activations;
  }
  backbone.last = activations;
  return backbone;
}

/// Returns `outputs` from `function` and gives it their types and names.
static void buildReturn(OpBuilder &builder, func::FuncOp function,
                        ArrayRef<NamedOutput> outputs) {
  SmallVector<Value> values;
  for (const NamedOutput &output : outputs)
    values.push_back(output.value);
  func::ReturnOp::create(builder, function.getLoc(), values);
  function.setType(builder.getFunctionType(function.getArgumentTypes(),
                                           ValueRange(values).getTypes()));
  for (auto [index, output] : llvm::enumerate(outputs)) {
    function.setResultAttr(index, nameAttribute,
                           builder.getStringAttr(output.name));
    if (output.layout)
      function.setResultAttr(
          index, layoutAttribute,
          LayoutAttr::get(builder.getContext(), *output.layout));
  }
}

/// Layers behind the last one that a head reads are no part of the network.
static void eraseUnused(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (isOpTriviallyDead(&op))
      op.erase();
}

OwningOpRef<ModuleOp> mobileone::buildModel(MLIRContext &context,
                                            const ModelSpec &spec,
                                            CheckpointForm form) {
  context.loadDialect<MobileOneDialect, func::FuncDialect>();
  Location location = layerLocation(context, spec.name, "");
  OwningOpRef<ModuleOp> module = ModuleOp::create(location);
  OpBuilder builder = OpBuilder::atBlockEnd(module->getBody());
  auto function = func::FuncOp::create(
      builder, location, spec.name,
      builder.getFunctionType({callerType(builder, spec.input)}, {}));
  function.setArgAttr(0, nameAttribute, builder.getStringAttr("input"));
  function.setArgAttr(0, layoutAttribute,
                      LayoutAttr::get(&context, toLayout(spec.input.layout)));

  Block *block = function.addEntryBlock();
  builder.setInsertionPointToEnd(block);
  Value activations =
      buildReadInput(builder, spec.input, block->getArgument(0));
  Backbone backbone = buildBackbone(builder, spec, form, activations);
  std::vector<NamedOutput> outputs;
  for (const auto &[index, head] : llvm::enumerate(spec.heads)) {
    std::string path = "heads[" + std::to_string(index) + "]";
    llvm::append_range(outputs,
                       headBuilder(head.kind)(builder, head, path, backbone));
  }
  buildReturn(builder, function, outputs);
  eraseUnused(*block);
  return module;
}
