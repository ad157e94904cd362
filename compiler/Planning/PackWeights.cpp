//===- PackWeights.cpp - Pack weights for the kernels -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/KernelRequests.h"
#include "compiler/Planning/Passes.h"

namespace mobileone {
#define GEN_PASS_DEF_PACKWEIGHTS
#include "compiler/Planning/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;
using schedules::WeightOperand;
using schedules::WeightPacking;

namespace {

struct PackWeights : mobileone::impl::PackWeightsBase<PackWeights> {
  PackWeights(const WeightStore &weights, PackedWeights &packed)
      : weights(weights), packed(packed) {}

  void runOnOperation() override {
    WalkResult result = getOperation().walk([&](KernelOp kernel) {
      return failed(pack(kernel)) ? WalkResult::interrupt()
                                  : WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }

  LogicalResult pack(KernelOp kernel);
  FailureOr<int64_t> packOne(KernelOp kernel, WeightAttr weight,
                             const WeightPacking &packing);

  const WeightStore &weights;
  PackedWeights &packed;
};

} // namespace

FailureOr<int64_t> PackWeights::packOne(KernelOp kernel, WeightAttr weight,
                                        const WeightPacking &packing) {
  // A convolution without bias: zeros.
  if (!weight)
    return packed.add(packWeights({}, packing), packing.type);
  std::string name = weight.getName().str();
  const WeightView *view = weights.find(name);
  if (!view)
    return kernel.emitError("there is no weight '") << name << "'";
  int64_t expected = int64_t(packing.outputs) * packing.inputs * packing.taps;
  if (view->elements() != expected)
    return kernel.emitError("weight '") << name << "' has " << view->elements()
                                        << " elements, expected " << expected;
  return packed.add(packWeights(weights.read(name), packing), packing.type);
}

LogicalResult PackWeights::pack(KernelOp kernel) {
  std::optional<PlannedKernel> planned = plannedKernelOf(kernel);
  if (!planned)
    return failure();
  std::vector<WeightOperand> operands =
      schedules::weightOperands(planned->request);
  SmallVector<Operation *> body = bodyOf(kernel);
  SmallVector<int64_t> offsets;
  for (size_t i = 0; i < operands.size(); ++i) {
    FailureOr<int64_t> offset =
        packOne(kernel, weightOf(body[operands[i].op], operands[i].role),
                planned->layout.weights[i]);
    if (failed(offset))
      return failure();
    offsets.push_back(*offset);
  }
  kernel.setWeightOffsets(offsets);
  return success();
}

std::unique_ptr<Pass>
mobileone::createPackWeightsPass(const WeightStore &weights,
                                 PackedWeights &packed) {
  return std::make_unique<::PackWeights>(weights, packed);
}
