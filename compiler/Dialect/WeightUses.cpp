//===- WeightUses.cpp - Which weights the IR names ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/WeightUses.h"

#include "compiler/Dialect/MobileOneDialect.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mobileone;

static int64_t channelsOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape().back();
}

namespace {
/// Gathers the weights of one operation.
struct Gatherer {
  Operation *op;
  std::vector<WeightUse> uses = {};

  void use(WeightAttr weight, WeightPart part, std::vector<int64_t> shape) {
    uses.push_back({op, weight.getName().str(), std::move(shape), part});
  }

  void gather(ConvOp conv) {
    auto shape = conv.getFilterShape();
    use(conv.getFilter(), WeightPart::Filter, {shape.begin(), shape.end()});
    if (auto bias = conv.getBiasAttr())
      use(bias, WeightPart::Bias, {conv.getOutputChannels()});
  }

  void gather(BatchNormOp norm) {
    int64_t channels = channelsOf(norm.getResult());
    use(norm.getScale(), WeightPart::BatchNormScale, {channels});
    use(norm.getShift(), WeightPart::BatchNormShift, {channels});
    use(norm.getMean(), WeightPart::BatchNormMean, {channels});
    use(norm.getVariance(), WeightPart::BatchNormVariance, {channels});
  }

  void gather(LinearOp linear) {
    int64_t outputs = channelsOf(linear.getResult());
    use(linear.getFilter(), WeightPart::Filter,
        {outputs, channelsOf(linear.getInput())});
    use(linear.getBias(), WeightPart::Bias, {outputs});
  }

  /// Squeeze-excite, whole or in parts.
  template <typename Op> void gatherGate(Op gate) {
    int64_t channels = channelsOf(gate.getInput());
    int64_t hidden = gate.getHidden();
    use(gate.getReduceFilter(), WeightPart::Filter, {hidden, channels, 1, 1});
    use(gate.getReduceBias(), WeightPart::Bias, {hidden});
    use(gate.getExpandFilter(), WeightPart::Filter, {channels, hidden, 1, 1});
    use(gate.getExpandBias(), WeightPart::Bias, {channels});
  }
};
} // namespace

std::vector<WeightUse> mobileone::weightsOf(Operation *op) {
  Gatherer gatherer{op};
  TypeSwitch<Operation *>(op)
      .Case<ConvOp, BatchNormOp, LinearOp>(
          [&](auto concrete) { gatherer.gather(concrete); })
      .Case<SqueezeExciteOp, ExciteOp>(
          [&](auto concrete) { gatherer.gatherGate(concrete); });
  return std::move(gatherer.uses);
}

std::vector<WeightUse> mobileone::requiredWeights(Operation *root) {
  std::vector<WeightUse> uses;
  root->walk<WalkOrder::PreOrder>([&](Operation *op) {
    for (WeightUse &use : weightsOf(op))
      uses.push_back(std::move(use));
  });
  return uses;
}
