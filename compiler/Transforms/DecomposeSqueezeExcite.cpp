//===- DecomposeSqueezeExcite.cpp - Squeeze-excite in parts ---------------===//
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
#define GEN_PASS_DEF_DECOMPOSESQUEEZEEXCITE
#include "compiler/Transforms/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

namespace {
/// %1 = squeeze_excite %0 reduce<R> <r> expand<E> <e>
///        {activation = a, hidden = h}
/// ->
/// %s = row_sums %0
/// %g = excite %s reduce<R> <r> expand<E> <e>
///        {hidden = h, pixels = height * width}
/// %1 = scale %0 by %g {activation = a}
struct DecomposeGate : OpRewritePattern<SqueezeExciteOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SqueezeExciteOp gate,
                                PatternRewriter &rewriter) const override {
    auto type = cast<RankedTensorType>(gate.getType());
    int64_t batch = type.getDimSize(0);
    int64_t height = type.getDimSize(1), width = type.getDimSize(2);
    int64_t channels = type.getDimSize(3);
    auto tensor = [&](ArrayRef<int64_t> shape) {
      return RankedTensorType::get(shape, type.getElementType());
    };
    auto sums =
        RowSumsOp::create(rewriter, gate.getLoc(),
                          tensor({batch, height, channels}), gate.getInput());
    auto excite = ExciteOp::create(
        rewriter, gate.getLoc(), tensor({batch, channels}), sums,
        gate.getReduceFilter(), gate.getReduceBias(), gate.getExpandFilter(),
        gate.getExpandBias(), gate.getHidden(), height * width);
    rewriter.replaceOpWithNewOp<ScaleOp>(gate, type, gate.getInput(), excite,
                                         gate.getActivation());
    return success();
  }
};

struct DecomposeSqueezeExcite
    : mobileone::impl::DecomposeSqueezeExciteBase<DecomposeSqueezeExcite> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<DecomposeGate>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace

std::unique_ptr<Pass> mobileone::createDecomposeSqueezeExcite() {
  return std::make_unique<::DecomposeSqueezeExcite>();
}
