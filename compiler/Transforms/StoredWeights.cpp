//===- StoredWeights.cpp - An operation's weights as numbers --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Transforms/StoredWeights.h"

#include "compiler/Dialect/WeightUses.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace mobileone;

LogicalResult mobileone::checkWeights(Operation *root,
                                      const WeightStore &weights) {
  bool good = true;
  for (const WeightUse &use : requiredWeights(root)) {
    const WeightView *view = weights.find(use.name);
    if (view && view->shape == use.shape)
      continue;
    good = false;
    InFlightDiagnostic error = use.user->emitOpError()
                               << "needs the weight \"" << use.name
                               << "\" of shape [" << use.shape << "], but ";
    if (view)
      error << "its shape is [" << view->shape << "]";
    else
      error << "there is none";
  }
  return success(good);
}

ConvWeights mobileone::readConv(ConvOp conv, const WeightStore &weights) {
  auto shape = conv.getFilterShape();
  ConvWeights result{shape[0], shape[1], shape[2],
                     weights.read(conv.getFilter().getName().str()),
                     std::vector<double>(shape[0], 0.0)};
  if (WeightAttr bias = conv.getBiasAttr())
    result.bias = weights.read(bias.getName().str());
  return result;
}

BatchNormWeights mobileone::readBatchNorm(BatchNormOp norm,
                                          const WeightStore &weights) {
  auto read = [&](WeightAttr weight) {
    return weights.read(weight.getName().str());
  };
  return {read(norm.getScale()), read(norm.getShift()), read(norm.getMean()),
          read(norm.getVariance()), norm.getEpsilon().convertToDouble()};
}

ConvNames mobileone::addConv(MLIRContext *context, WeightStore &weights,
                             StringRef base, const ConvWeights &conv) {
  auto taken = [&](const std::string &name) {
    return weights.contains(name + ".weight") ||
           weights.contains(name + ".bias");
  };
  std::string name = base.str();
  for (int number = 1; taken(name); ++number)
    name = (base + "." + Twine(number)).str();
  weights.add(name + ".weight", conv.filterShape(), conv.filter);
  weights.add(name + ".bias", {conv.outputs}, conv.bias);
  return {WeightAttr::get(context, name + ".weight"),
          WeightAttr::get(context, name + ".bias")};
}

StringRef mobileone::withoutSuffix(WeightAttr weight) {
  StringRef name = weight.getName();
  name.consume_back(".weight");
  return name;
}
