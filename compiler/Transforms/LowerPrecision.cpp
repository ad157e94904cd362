//===- LowerPrecision.cpp - Activations and weights in half precision -----===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Transforms/Precision.h"

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Dialect/WeightUses.h"
#include "compiler/Support/HalfFloat.h"
#include "compiler/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

namespace mobileone {
#define GEN_PASS_DEF_LOWERPRECISION
#include "compiler/Transforms/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

/// Whether `op` computes activations, which are what becomes narrower. Sums
/// over rows exceed the range of halves; the caller's tensors are f32.
static bool makesActivations(Operation *op) {
  bool isReturned = llvm::any_of(op->getUsers(), llvm::IsaPred<func::ReturnOp>);
  return !isReturned && isa<ReadInputOp, ConvOp, ScaleOp, ExciteOp,
                            GlobalAveragePoolOp, LinearOp>(op);
}

namespace {
//   %1 = conv %0 filter <"f"> bias <"b"> {...}
//       : tensor<... x f32> -> tensor<... x f32>
// ->
//   %1 = conv %0 filter <"f"> bias <"b"> {filter_type = f16, ...}
//       : tensor<... x f16> -> tensor<... x f16>
struct LowerPrecision : mobileone::impl::LowerPrecisionBase<LowerPrecision> {
  void runOnOperation() override {
    Type half = Float16Type::get(&getContext());
    getOperation()->walk([&](Operation *op) {
      llvm::TypeSwitch<Operation *>(op).Case<ConvOp, LinearOp, ExciteOp>(
          [&](auto layer) { layer.setFilterType(half); });
      if (makesActivations(op)) {
        Value result = op->getResult(0);
        auto type = cast<RankedTensorType>(result.getType());
        result.setType(RankedTensorType::get(type.getShape(), half));
      }
    });
  }
};
} // namespace

std::unique_ptr<Pass> mobileone::createLowerPrecision() {
  return std::make_unique<::LowerPrecision>();
}

std::vector<UnfitWeight>
mobileone::weightsBeyondHalf(Operation *root, const WeightStore &weights) {
  std::vector<UnfitWeight> unfit;
  for (const WeightUse &use : requiredWeights(root)) {
    if (use.part != WeightPart::Filter)
      continue;
    for (double value : weights.read(use.name))
      if (std::isfinite(value) && std::isinf(roundToHalf(value))) {
        unfit.push_back({use.name, value});
        break;
      }
  }
  return unfit;
}
