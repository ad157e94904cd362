//===- LayerBuilder.cpp - The operations of a layer -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Frontend/LayerBuilder.h"

#include "compiler/Dialect/Locations.h"

using namespace mlir;
using namespace mobileone;

Location LayerBuilder::locationOf(const LayerSpec &layer) {
  return layerLocation(*builder.getContext(), layer.jsonPath, layer.name);
}

WeightAttr LayerBuilder::weight(const LayerSpec &layer, const Twine &suffix) {
  return WeightAttr::get(builder.getContext(),
                         (layer.name + "." + suffix).str());
}

RankedTensorType LayerBuilder::outputType(const LayerSpec &layer) {
  return RankedTensorType::get(
      {batch, layer.output.height, layer.output.width, layer.outputChannels},
      builder.getF32Type());
}

Value LayerBuilder::build(const LayerSpec &layer, Value input) {
  Value result = form == CheckpointForm::Train ? buildBranches(layer, input)
                                               : buildFusedConv(layer, input);
  if (layer.squeezeExciteHidden > 0)
    result = buildSqueezeExcite(layer, result);
  return ReluOp::create(builder, locationOf(layer), result.getType(), result);
}

Value LayerBuilder::buildFusedConv(const LayerSpec &layer, Value input) {
  return ConvOp::create(builder, locationOf(layer), outputType(layer), input,
                        weight(layer, "reparam_conv.weight"),
                        weight(layer, "reparam_conv.bias"), layer.kernel,
                        layer.stride, layer.padding, layer.groups,
                        Activation::None);
}

Value LayerBuilder::buildBranches(const LayerSpec &layer, Value input) {
  SmallVector<Value> branches;
  for (int64_t j = 0; j < layer.branches; ++j)
    branches.push_back(buildConvBranch(layer, input,
                                       ("rbr_conv." + Twine(j)).str(),
                                       layer.kernel, layer.padding));
  if (layer.hasScale)
    branches.push_back(buildConvBranch(layer, input, "rbr_scale", /*kernel=*/1,
                                       /*padding=*/0));
  if (layer.hasSkip)
    branches.push_back(buildBatchNorm(layer, input, "rbr_skip"));
  return AddOp::create(builder, locationOf(layer), outputType(layer), branches);
}

Value LayerBuilder::buildConvBranch(const LayerSpec &layer, Value input,
                                    StringRef branch, int64_t kernel,
                                    int64_t padding) {
  auto conv = ConvOp::create(builder, locationOf(layer), outputType(layer),
                             input, weight(layer, branch + ".conv.weight"),
                             /*bias=*/nullptr, kernel, layer.stride, padding,
                             layer.groups, Activation::None);
  return buildBatchNorm(layer, conv, (branch + ".bn").str());
}

Value LayerBuilder::buildBatchNorm(const LayerSpec &layer, Value input,
                                   StringRef name) {
  return BatchNormOp::create(
      builder, locationOf(layer), input.getType(), input,
      weight(layer, name + ".weight"), weight(layer, name + ".bias"),
      weight(layer, name + ".running_mean"),
      weight(layer, name + ".running_var"), builder.getF64FloatAttr(epsilon));
}

Value LayerBuilder::buildSqueezeExcite(const LayerSpec &layer, Value input) {
  return SqueezeExciteOp::create(
      builder, locationOf(layer), input.getType(), input,
      weight(layer, "se.reduce.weight"), weight(layer, "se.reduce.bias"),
      weight(layer, "se.expand.weight"), weight(layer, "se.expand.bias"),
      layer.squeezeExciteHidden, Activation::None);
}
