//===- SkipToConv.cpp - Skip branches into 1x1 convolutions ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/StoredWeights.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mobileone {
#define GEN_PASS_DEF_SKIPTOCONV
#include "compiler/Transforms/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

/// A convolution of the input of `norm` that is added to it, or null.
static ConvOp findSibling(BatchNormOp norm) {
  if (!norm->hasOneUse())
    return nullptr;
  auto add = dyn_cast<AddOp>(*norm->user_begin());
  if (!add)
    return nullptr;
  for (Value branch : add.getInputs()) {
    auto conv = branch.getDefiningOp<ConvOp>();
    if (conv && conv.getInput() == norm.getInput())
      return conv;
  }
  return nullptr;
}

namespace {
/// %1 = conv %0 ... {groups = g}
/// %2 = batch_norm %0 scale<"s.weight">
/// %3 = add %1, %2
/// ->
/// %1 = conv %0 ... {groups = g}
/// %2 = conv %0 filter<"s.conv.weight"> bias<"s.conv.bias">
///        {kernel = 1, stride = 1, padding = 0, groups = g}
/// %3 = add %1, %2
struct SkipBranch : OpRewritePattern<BatchNormOp> {
  SkipBranch(MLIRContext *context, WeightStore &weights)
      : OpRewritePattern(context), weights(weights) {}

  LogicalResult matchAndRewrite(BatchNormOp norm,
                                PatternRewriter &rewriter) const override {
    ConvOp sibling = findSibling(norm);
    if (!sibling)
      return failure();
    int64_t groups = sibling.getGroups();
    ConvNames names = addConv(
        getContext(), weights, (withoutSuffix(norm.getScale()) + ".conv").str(),
        foldBatchNorm(skipToConv(sibling.getInputChannels(), groups),
                      readBatchNorm(norm, weights)));
    rewriter.replaceOpWithNewOp<ConvOp>(
        norm, norm.getType(), norm.getInput(), names.filter, names.bias,
        /*kernel=*/1, /*stride=*/1, /*padding=*/0, groups, Activation::None);
    return success();
  }

private:
  WeightStore &weights;
};

struct SkipToConv : mobileone::impl::SkipToConvBase<SkipToConv> {
  explicit SkipToConv(WeightStore &weights) : weights(weights) {}

  void runOnOperation() override {
    if (failed(checkWeights(getOperation(), weights)))
      return signalPassFailure();
    RewritePatternSet patterns(&getContext());
    patterns.add<SkipBranch>(&getContext(), weights);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }

  WeightStore &weights;
};
} // namespace

std::unique_ptr<Pass> mobileone::createSkipToConv(WeightStore &weights) {
  return std::make_unique<::SkipToConv>(weights);
}
