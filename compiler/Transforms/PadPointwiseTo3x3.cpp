//===- PadPointwiseTo3x3.cpp - Branch kernels to one size -----------------===//
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
#define GEN_PASS_DEF_PADPOINTWISETO3X3
#include "compiler/Transforms/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

/// Whether `conv` reads the centre of the windows of the larger `sibling`.
static bool readsCentreOf(ConvOp conv, ConvOp sibling) {
  int64_t growth = sibling.getKernel() - conv.getKernel();
  return growth > 0 && growth % 2 == 0 && conv.getKernel() % 2 == 1 &&
         sibling.getPadding() - conv.getPadding() == growth / 2 &&
         sibling.getInput() == conv.getInput() &&
         sibling.getStride() == conv.getStride() &&
         sibling.getGroups() == conv.getGroups();
}

/// A convolution that `conv` is added to and whose centre it reads, or null.
static ConvOp findLargerSibling(ConvOp conv) {
  if (!conv->hasOneUse() || conv.getActivation() != Activation::None)
    return nullptr;
  auto add = dyn_cast<AddOp>(*conv->user_begin());
  if (!add)
    return nullptr;
  for (Value branch : add.getInputs()) {
    auto sibling = branch.getDefiningOp<ConvOp>();
    if (sibling && readsCentreOf(conv, sibling))
      return sibling;
  }
  return nullptr;
}

namespace {
/// %1 = conv %0 ... {kernel = 3, padding = 1}
/// %2 = conv %0 filter<"s.weight"> bias<"s.bias"> {kernel = 1, padding = 0}
/// %3 = add %1, %2
/// ->
/// %1 = conv %0 ... {kernel = 3, padding = 1}
/// %2 = conv %0 filter<"s.padded.weight"> bias<"s.padded.bias">
///        {kernel = 3, padding = 1}
/// %3 = add %1, %2
struct PadBranch : OpRewritePattern<ConvOp> {
  PadBranch(MLIRContext *context, WeightStore &weights)
      : OpRewritePattern(context), weights(weights) {}

  LogicalResult matchAndRewrite(ConvOp conv,
                                PatternRewriter &rewriter) const override {
    ConvOp sibling = findLargerSibling(conv);
    if (!sibling)
      return failure();
    ConvNames names =
        addConv(getContext(), weights,
                (withoutSuffix(conv.getFilter()) + ".padded").str(),
                padKernel(readConv(conv, weights), sibling.getKernel()));
    rewriter.replaceOpWithNewOp<ConvOp>(
        conv, conv.getType(), conv.getInput(), names.filter, names.bias,
        sibling.getKernel(), conv.getStride(), sibling.getPadding(),
        conv.getGroups(), Activation::None);
    return success();
  }

private:
  WeightStore &weights;
};

struct PadPointwiseTo3x3
    : mobileone::impl::PadPointwiseTo3x3Base<PadPointwiseTo3x3> {
  explicit PadPointwiseTo3x3(WeightStore &weights) : weights(weights) {}

  void runOnOperation() override {
    if (failed(checkWeights(getOperation(), weights)))
      return signalPassFailure();
    RewritePatternSet patterns(&getContext());
    patterns.add<PadBranch>(&getContext(), weights);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }

  WeightStore &weights;
};
} // namespace

std::unique_ptr<Pass> mobileone::createPadPointwiseTo3x3(WeightStore &weights) {
  return std::make_unique<::PadPointwiseTo3x3>(weights);
}
