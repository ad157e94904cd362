//===- ParsedFunction.h - Textual IR in a test ------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_REFERENCE_PARSEDFUNCTION_H
#define MOBILEONE_TEST_REFERENCE_PARSEDFUNCTION_H

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Reference/Interpreter.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

namespace mobileone {

/// A module with one function, parsed from text.
class ParsedFunction {
public:
  explicit ParsedFunction(const std::string &text) {
    context.loadDialect<MobileOneDialect, mlir::func::FuncDialect>();
    module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    EXPECT_TRUE(module) << text;
  }

  mlir::func::FuncOp get() {
    return *module->getOps<mlir::func::FuncOp>().begin();
  }

private:
  mlir::MLIRContext context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

} // namespace mobileone

#endif // MOBILEONE_TEST_REFERENCE_PARSEDFUNCTION_H
