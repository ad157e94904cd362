//===- FoldBatchNorm.cpp - Batch norms into convolutions ------------------===//
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
#define GEN_PASS_DEF_FOLDBATCHNORM
#include "compiler/Transforms/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

namespace {
/// %1 = conv %0 filter<"c.weight">
/// %2 = batch_norm %1                 if %1 has no other use
/// ->
/// %2 = conv %0 filter<"c.folded.weight"> bias<"c.folded.bias">
struct FoldIntoConv : OpRewritePattern<BatchNormOp> {
  FoldIntoConv(MLIRContext *context, WeightStore &weights)
      : OpRewritePattern(context), weights(weights) {}

  LogicalResult matchAndRewrite(BatchNormOp norm,
                                PatternRewriter &rewriter) const override {
    auto conv = norm.getInput().getDefiningOp<ConvOp>();
    if (!conv || !conv->hasOneUse() || conv.getActivation() != Activation::None)
      return failure();
    ConvNames names = addConv(
        getContext(), weights,
        (withoutSuffix(conv.getFilter()) + ".folded").str(),
        foldBatchNorm(readConv(conv, weights), readBatchNorm(norm, weights)));
    Location location = rewriter.getFusedLoc({conv.getLoc(), norm.getLoc()});
    rewriter
        .replaceOpWithNewOp<ConvOp>(norm, conv.getType(), conv.getInput(),
                                    names.filter, names.bias, conv.getKernel(),
                                    conv.getStride(), conv.getPadding(),
                                    conv.getGroups(), Activation::None)
        ->setLoc(location);
    return success();
  }

private:
  WeightStore &weights;
};

struct FoldBatchNorm : mobileone::impl::FoldBatchNormBase<FoldBatchNorm> {
  explicit FoldBatchNorm(WeightStore &weights) : weights(weights) {}

  void runOnOperation() override {
    if (failed(checkWeights(getOperation(), weights)))
      return signalPassFailure();
    RewritePatternSet patterns(&getContext());
    patterns.add<FoldIntoConv>(&getContext(), weights);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }

  WeightStore &weights;
};
} // namespace

std::unique_ptr<Pass> mobileone::createFoldBatchNorm(WeightStore &weights) {
  return std::make_unique<::FoldBatchNorm>(weights);
}
