//===- MobileOneFolds.cpp - Canonicalization of the dialect ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/MobileOneDialect.h"

#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mobileone;

/// Whether no element of `value` can be negative, as its producer says.
static bool isRectified(Value value) {
  Operation *producer = value.getDefiningOp();
  if (!producer)
    return false;
  return TypeSwitch<Operation *, bool>(producer)
      .Case<ConvOp, SqueezeExciteOp, ScaleOp>(
          [](auto op) { return op.getActivation() == Activation::ReLU; })
      .Case<ReluOp>([](ReluOp) { return true; })
      .Default([](Operation *) { return false; });
}

/// relu(relu(x)) -> relu(x)
OpFoldResult ReluOp::fold(FoldAdaptor) {
  return isRectified(getInput()) ? OpFoldResult(getInput()) : OpFoldResult();
}

namespace {
/// add(add(a, b), c) -> add(a, b, c)    if the inner sum has no other use
struct FlattenNestedAdd : OpRewritePattern<AddOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(AddOp add,
                                PatternRewriter &rewriter) const override {
    SmallVector<Value> inputs;
    SmallVector<Location> locations = {add.getLoc()};
    for (Value input : add.getInputs()) {
      auto inner = input.getDefiningOp<AddOp>();
      if (!inner || !inner->hasOneUse()) {
        inputs.push_back(input);
        continue;
      }
      llvm::append_range(inputs, inner.getInputs());
      locations.push_back(inner.getLoc());
    }
    if (locations.size() == 1)
      return failure();
    auto flat = AddOp::create(rewriter, rewriter.getFusedLoc(locations),
                              add.getType(), inputs);
    rewriter.replaceOp(add, flat);
    return success();
  }
};
} // namespace

void AddOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<FlattenNestedAdd>(context);
}
