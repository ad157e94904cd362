//===- VerifyInferenceForm.cpp - Contract of the inference form -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Transforms/StoredWeights.h"
#include "compiler/Transforms/VerifyForms.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mobileone {
#define GEN_PASS_DEF_VERIFYINFERENCEFORM
#include "compiler/Transforms/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

static LogicalResult verifyReturn(func::ReturnOp op) {
  bool good = true;
  for (auto [index, value] : llvm::enumerate(op.getOperands())) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    bool isVector = type && type.getRank() == 2;
    if (isVector || value.getDefiningOp<WriteOutputOp>())
      continue;
    op.emitOpError("must return vectors and results of "
                   "'mobileone.write_output', but operand ")
        << index << " is neither";
    good = false;
  }
  return success(good);
}

static LogicalResult verifyOperation(Operation *op) {
  return TypeSwitch<Operation *, LogicalResult>(op)
      .Case<ConvOp>([](ConvOp conv) -> LogicalResult {
        if (conv.getBiasAttr())
          return success();
        return conv.emitOpError("must have a bias in the inference form");
      })
      .Case<func::ReturnOp>(verifyReturn)
      .Case<ReadInputOp, RowSumsOp, ExciteOp, ScaleOp, GlobalAveragePoolOp,
            LinearOp, WriteOutputOp>([](auto) { return success(); })
      .Default([](Operation *op) {
        return op->emitOpError("must not appear in the inference form");
      });
}

namespace {
struct VerifyInferenceForm
    : mobileone::impl::VerifyInferenceFormBase<VerifyInferenceForm> {
  explicit VerifyInferenceForm(WeightStore &weights) : weights(weights) {}

  void runOnOperation() override {
    bool good = succeeded(checkWeights(getOperation(), weights));
    good &= succeeded(verifyFunctions(getOperation(), verifyOperation));
    if (!good)
      signalPassFailure();
    markAllAnalysesPreserved();
  }

  WeightStore &weights;
};
} // namespace

std::unique_ptr<Pass>
mobileone::createVerifyInferenceForm(WeightStore &weights) {
  return std::make_unique<::VerifyInferenceForm>(weights);
}
