//===- DropUnusedWeights.cpp - Weights that nothing names -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Dialect/WeightUses.h"
#include "compiler/Transforms/Passes.h"

#include "mlir/IR/BuiltinOps.h"

#include <set>

namespace mobileone {
#define GEN_PASS_DEF_DROPUNUSEDWEIGHTS
#include "compiler/Transforms/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

namespace {
struct DropUnusedWeights
    : mobileone::impl::DropUnusedWeightsBase<DropUnusedWeights> {
  explicit DropUnusedWeights(WeightStore &weights) : weights(weights) {}

  void runOnOperation() override {
    std::set<std::string> used;
    for (WeightUse &use : requiredWeights(getOperation()))
      used.insert(std::move(use.name));
    for (const std::string &name : weights.names())
      if (!used.count(name))
        weights.erase(name);
  }

  WeightStore &weights;
};
} // namespace

std::unique_ptr<Pass> mobileone::createDropUnusedWeights(WeightStore &weights) {
  return std::make_unique<::DropUnusedWeights>(weights);
}
