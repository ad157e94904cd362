//===- RandomWeights.cpp - Random values for every weight -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Reference/Passes.h"
#include "compiler/Reference/RandomData.h"

#include "mlir/IR/BuiltinOps.h"

using namespace mlir;
using namespace mobileone;

namespace {
struct RandomWeights : PassWrapper<RandomWeights, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(RandomWeights)

  explicit RandomWeights(WeightStore &weights) : weights(weights) {}
  RandomWeights(const RandomWeights &other)
      : PassWrapper(other), weights(other.weights) {}

  StringRef getArgument() const override { return "random-weights"; }
  StringRef getDescription() const override {
    return "Give every weight that the module names seeded random values";
  }

  void runOnOperation() override {
    addRandomWeights(getOperation(), seed, weights);
  }

  Option<uint64_t> seed{*this, "seed", llvm::cl::desc("Of the values"),
                        llvm::cl::init(1)};
  WeightStore &weights;
};
} // namespace

std::unique_ptr<Pass> mobileone::createRandomWeights(WeightStore &weights) {
  return std::make_unique<RandomWeights>(weights);
}
