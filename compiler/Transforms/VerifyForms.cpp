//===- VerifyForms.cpp - What the contracts of forms share ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Transforms/VerifyForms.h"

#include "compiler/Dialect/MobileOneDialect.h"

using namespace mlir;
using namespace mobileone;

static LogicalResult verifyReadsInputFirst(func::FuncOp function) {
  if (!function.getBody().hasOneBlock())
    return function.emitOpError("must be a single block");
  bool good = true;
  Block &block = function.getBody().front();
  if (!isa<ReadInputOp>(block.front())) {
    function.emitOpError("must start with 'mobileone.read_input'");
    good = false;
  }
  for (auto read : llvm::drop_begin(block.getOps<ReadInputOp>())) {
    read.emitOpError("must be the only one in its function");
    good = false;
  }
  return success(good);
}

LogicalResult mobileone::verifyFunctions(
    Operation *root,
    llvm::function_ref<LogicalResult(Operation *)> verifyOperation) {
  bool good = true;
  root->walk([&](func::FuncOp function) {
    good &= succeeded(verifyReadsInputFirst(function));
    for (Operation &op : function.getBody().getOps())
      good &= succeeded(verifyOperation(&op));
  });
  return success(good);
}
