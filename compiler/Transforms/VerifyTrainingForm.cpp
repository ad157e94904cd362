//===- VerifyTrainingForm.cpp - Contract of the training form -------------===//
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
#define GEN_PASS_DEF_VERIFYTRAININGFORM
#include "compiler/Transforms/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

static LogicalResult verifyActivation(Operation *op, Activation activation) {
  if (activation == Activation::None)
    return success();
  return op->emitOpError("must not have an activation in the training form");
}

static LogicalResult verifyConv(ConvOp conv) {
  bool good = succeeded(verifyActivation(conv, conv.getActivation()));
  bool isNormalized =
      conv->hasOneUse() && isa<BatchNormOp>(*conv->user_begin());
  if (!conv.getBiasAttr() && !isNormalized) {
    conv.emitOpError("without bias must be read by one 'mobileone.batch_norm' "
                     "only");
    good = false;
  }
  return success(good);
}

static LogicalResult verifyBatchNorm(BatchNormOp norm) {
  for (Operation *user : norm->getUsers())
    if (!isa<AddOp>(user))
      return norm.emitOpError("must be read by 'mobileone.add' only")
                 .attachNote(user->getLoc())
             << "'" << user->getName() << "' reads it";
  return success();
}

static LogicalResult verifyOperation(Operation *op) {
  return TypeSwitch<Operation *, LogicalResult>(op)
      .Case<ConvOp>(verifyConv)
      .Case<BatchNormOp>(verifyBatchNorm)
      .Case<SqueezeExciteOp>([](SqueezeExciteOp gate) {
        return verifyActivation(gate, gate.getActivation());
      })
      .Case<ReadInputOp, AddOp, ReluOp, GlobalAveragePoolOp, LinearOp,
            WriteOutputOp, func::ReturnOp>([](auto) { return success(); })
      .Default([](Operation *op) {
        return op->emitOpError("must not appear in the training form");
      });
}

namespace {
struct VerifyTrainingForm
    : mobileone::impl::VerifyTrainingFormBase<VerifyTrainingForm> {
  explicit VerifyTrainingForm(WeightStore &weights) : weights(weights) {}

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
mobileone::createVerifyTrainingForm(WeightStore &weights) {
  return std::make_unique<::VerifyTrainingForm>(weights);
}
