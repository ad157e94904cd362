//===- KernelOp.cpp - Verifier of kernels ---------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Dialect/WeightUses.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mobileone;

static bool isCIdentifier(StringRef name) {
  auto isWord = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  return !name.empty() && !llvm::isDigit(name.front()) &&
         llvm::all_of(name, isWord);
}

/// An attribute of one number per something, if it is there.
static LogicalResult requireCount(KernelOp op, StringRef attribute,
                                  std::optional<ArrayRef<int64_t>> values,
                                  size_t expected, StringRef per) {
  if (!values || values->size() == expected)
    return success();
  return op.emitOpError() << "'" << attribute << "' must have one value per "
                          << per << ", " << expected << ", but has "
                          << values->size();
}

LogicalResult KernelOp::verify() {
  if (!isCIdentifier(getName()))
    return emitOpError("name must be a C identifier, but is \"")
           << getName() << "\"";
  Block &block = getBody().front();
  if (block.getArgumentTypes() != getInputs().getTypes())
    return emitOpError("body's arguments must have the types of the inputs");
  auto yield = dyn_cast<YieldOp>(block.getTerminator());
  if (!yield)
    return emitOpError("body must end in mobileone.yield");
  if (yield.getOperandTypes() != getResultTypes())
    return (emitOpError("body must yield the types of the results")
                .attachNote(yield.getLoc())
            << "yields here");
  for (Operation &op : block.without_terminator())
    if (isa<BatchNormOp, AddOp, ReluOp, SqueezeExciteOp, KernelOp>(op) ||
        !isa<MobileOneDialect>(op.getDialect()))
      return (emitOpError("body must consist of what a kernel can compute")
                  .attachNote(op.getLoc())
              << "'" << op.getName() << "' is not");
  size_t weights = 0;
  for (Operation &op : block)
    weights += weightsOf(&op).size();
  if (failed(requireCount(*this, "weight_offsets", getWeightOffsets(), weights,
                          "weight in the body")) ||
      failed(requireCount(*this, "borders", getBorders(), getNumResults(),
                          "result")))
    return failure();
  return requireCount(*this, "offsets", getOffsets(), getNumResults(),
                      "result");
}
