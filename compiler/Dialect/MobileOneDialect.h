//===- MobileOneDialect.h - The mobileone dialect ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_DIALECT_MOBILEONEDIALECT_H
#define MOBILEONE_DIALECT_MOBILEONEDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "compiler/Dialect/MobileOneDialect.h.inc"
#include "compiler/Dialect/MobileOneEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "compiler/Dialect/MobileOneAttributes.h.inc"

#define GET_OP_CLASSES
#include "compiler/Dialect/MobileOneOps.h.inc"

#endif // MOBILEONE_DIALECT_MOBILEONEDIALECT_H
