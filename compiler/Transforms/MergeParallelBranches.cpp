//===- MergeParallelBranches.cpp - Many convolutions into one -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/Locations.h"
#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/StoredWeights.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mobileone {
#define GEN_PASS_DEF_MERGEPARALLELBRANCHES
#include "compiler/Transforms/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

static bool haveOneShape(ConvOp a, ConvOp b) {
  return a.getInput() == b.getInput() && a.getKernel() == b.getKernel() &&
         a.getStride() == b.getStride() && a.getPadding() == b.getPadding() &&
         a.getGroups() == b.getGroups();
}

/// The convolutions that `add` sums, if they can be merged, or none.
static SmallVector<ConvOp> findBranches(AddOp add) {
  SmallVector<ConvOp> branches;
  for (Value input : add.getInputs()) {
    auto conv = input.getDefiningOp<ConvOp>();
    if (!conv || !conv->hasOneUse() ||
        conv.getActivation() != Activation::None ||
        (!branches.empty() && !haveOneShape(branches.front(), conv)))
      return {};
    branches.push_back(conv);
  }
  return branches;
}

/// What the names of all filters begin with, in whole parts between dots.
static std::string commonPrefix(SmallVector<ConvOp> &branches) {
  StringRef prefix = withoutSuffix(branches.front().getFilter());
  auto beginsWithPrefix = [&](ConvOp branch) {
    return branch.getFilter().getName().starts_with((prefix + ".").str());
  };
  while (!prefix.empty() && !llvm::all_of(branches, beginsWithPrefix))
    prefix = prefix.contains('.') ? prefix.rsplit('.').first : StringRef();
  return prefix.str();
}

/// The layer that `branches` make up, for the names of its weights.
static std::string layerName(AddOp add, SmallVector<ConvOp> &branches) {
  std::string layer = layerOf(add.getLoc());
  return layer.empty() ? commonPrefix(branches) : layer;
}

namespace {
/// %1 = conv %0 filter<"a.weight"> bias<"a.bias"> {...}
/// %2 = conv %0 filter<"b.weight"> bias<"b.bias"> {...}
/// %3 = add %1, %2                                  if both have no other use
/// ->
/// %3 = conv %0 filter<"L.reparam_conv.weight"> bias<"L.reparam_conv.bias">
///        {...}
struct MergeBranches : OpRewritePattern<AddOp> {
  MergeBranches(MLIRContext *context, WeightStore &weights)
      : OpRewritePattern(context), weights(weights) {}

  LogicalResult matchAndRewrite(AddOp add,
                                PatternRewriter &rewriter) const override {
    SmallVector<ConvOp> branches = findBranches(add);
    if (branches.empty())
      return failure();
    std::vector<ConvWeights> terms;
    SmallVector<Location> locations = {add.getLoc()};
    for (ConvOp branch : branches) {
      terms.push_back(readConv(branch, weights));
      locations.push_back(branch.getLoc());
    }
    std::string layer = layerName(add, branches);
    ConvNames names =
        addConv(getContext(), weights,
                layer.empty() ? "reparam_conv" : layer + ".reparam_conv",
                addBranches(terms));
    ConvOp first = branches.front();
    rewriter
        .replaceOpWithNewOp<ConvOp>(add, first.getType(), first.getInput(),
                                    names.filter, names.bias, first.getKernel(),
                                    first.getStride(), first.getPadding(),
                                    first.getGroups(), Activation::None)
        ->setLoc(rewriter.getFusedLoc(locations));
    return success();
  }

private:
  WeightStore &weights;
};

struct MergeParallelBranches
    : mobileone::impl::MergeParallelBranchesBase<MergeParallelBranches> {
  explicit MergeParallelBranches(WeightStore &weights) : weights(weights) {}

  void runOnOperation() override {
    if (failed(checkWeights(getOperation(), weights)))
      return signalPassFailure();
    RewritePatternSet patterns(&getContext());
    patterns.add<MergeBranches>(&getContext(), weights);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }

  WeightStore &weights;
};
} // namespace

std::unique_ptr<Pass>
mobileone::createMergeParallelBranches(WeightStore &weights) {
  return std::make_unique<::MergeParallelBranches>(weights);
}
