//===- FuseActivation.cpp - Activations into the operation before ---------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Transforms/Passes.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mobileone {
#define GEN_PASS_DEF_FUSEACTIVATION
#include "compiler/Transforms/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

namespace {
/// %1 = conv %0 ... {...}
/// %2 = relu %1                                if %1 has no other use
/// ->
/// %2 = conv %0 ... {activation = relu, ...}
///
/// Also for squeeze_excite and scale.
template <typename ProducerOp> struct FuseRelu : OpRewritePattern<ReluOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReluOp relu,
                                PatternRewriter &rewriter) const override {
    auto producer = relu.getInput().getDefiningOp<ProducerOp>();
    if (!producer || !producer->hasOneUse() ||
        producer.getActivation() != Activation::None)
      return failure();
    Location location =
        rewriter.getFusedLoc({producer.getLoc(), relu.getLoc()});
    rewriter.modifyOpInPlace(producer, [&] {
      producer.setActivation(Activation::ReLU);
      producer->setLoc(location);
    });
    rewriter.replaceOp(relu, producer);
    return success();
  }
};

struct FuseActivation : mobileone::impl::FuseActivationBase<FuseActivation> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns
        .add<FuseRelu<ConvOp>, FuseRelu<SqueezeExciteOp>, FuseRelu<ScaleOp>>(
            &getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace

std::unique_ptr<Pass> mobileone::createFuseActivation() {
  return std::make_unique<::FuseActivation>();
}
