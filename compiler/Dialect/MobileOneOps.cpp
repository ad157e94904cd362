//===- MobileOneOps.cpp - Verifiers of the dialect's operations -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/MobileOneDialect.h"

#define GET_OP_CLASSES
#include "compiler/Dialect/MobileOneOps.cpp.inc"

using namespace mlir;
using namespace mobileone;

int64_t ConvOp::getInputChannels() {
  return cast<RankedTensorType>(getInput().getType()).getDimSize(3);
}
int64_t ConvOp::getOutputChannels() {
  return cast<RankedTensorType>(getResult().getType()).getDimSize(3);
}

LogicalResult AddOp::verify() { return success(); }
LogicalResult ReadInputOp::verify() { return success(); }
LogicalResult ConvOp::verify() { return success(); }
LogicalResult SqueezeExciteOp::verify() { return success(); }
LogicalResult GlobalAveragePoolOp::verify() { return success(); }
LogicalResult LinearOp::verify() { return success(); }
LogicalResult WriteOutputOp::verify() { return success(); }
LogicalResult RowSumsOp::verify() { return success(); }
LogicalResult ExciteOp::verify() { return success(); }
LogicalResult ScaleOp::verify() { return success(); }
LogicalResult KernelOp::verify() { return success(); }
