//===- MobileOneDialect.cpp - Registration of the dialect -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/MobileOneDialect.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

#include "compiler/Dialect/MobileOneDialect.cpp.inc"
#include "compiler/Dialect/MobileOneEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "compiler/Dialect/MobileOneAttributes.cpp.inc"

void mobileone::MobileOneDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "compiler/Dialect/MobileOneAttributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "compiler/Dialect/MobileOneOps.cpp.inc"
      >();
}
