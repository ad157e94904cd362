//===- ModelTablesTests.cpp - Planned modules without tables --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What real modules become is tested with whole models, in test/Pipelines.
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/ModelTables.h"
#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Target/Devices.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace mobileone;

namespace {

/// A planned module of one kernel with `convolutions` convolutions, each with
/// two weights.
std::string planned(int convolutions, const std::string &moduleAttributes) {
  const std::string type = "tensor<1x4x4x16xf32>";
  std::string body, offsets;
  for (int i = 0; i < convolutions; ++i) {
    body += "%" + std::to_string(i + 1) + " = mobileone.conv %" +
            std::to_string(i) +
            " filter<\"w\"> bias<\"b\"> {kernel = 1, stride = 1, padding = 0, "
            "groups = 1} : " +
            type + " -> " + type + "\n";
    offsets += std::string(i ? ", " : "") + "0, 1024";
  }
  std::string last = "%" + std::to_string(convolutions);
  return "module attributes {mobileone.target = \"x86-64\"" + moduleAttributes +
         "} {\nfunc.func @f(%a: " + type + ") -> " + type +
         " {\n%k = mobileone.kernel \"k\"(%a) attributes {weight_offsets = "
         "array<i64: " +
         offsets +
         ">, borders = array<i64: 0>, offsets = array<i64: -1>, schedule = "
         "\"generic.any\"} {\n^bb0(%i: " +
         type + "):\n%0 = mobileone.read_input %i nhwc : " + type + " -> " +
         type + "\n" + body + "%o = mobileone.write_output " + last +
         " nhwc : " + type + " -> " + type + "\nmobileone.yield %o : " + type +
         "\n} : (" + type + ") -> " + type + "\nreturn %k : " + type + "\n}\n}";
}

/// The first error of making tables of `text`, or "".
std::string problemOf(const std::string &text) {
  mlir::MLIRContext context;
  context.loadDialect<MobileOneDialect, mlir::func::FuncDialect>();
  std::string problem;
  mlir::ScopedDiagnosticHandler handler(&context,
                                        [&](mlir::Diagnostic &diagnostic) {
                                          if (problem.empty())
                                            problem = diagnostic.str();
                                          return mlir::success();
                                        });
  auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
  if (!module)
    return "cannot be parsed: " + problem;
  Target target = makeX86_64();
  auto tables = buildModelTables("model", {&target}, {*module});
  EXPECT_EQ(tables.has_value(), problem.empty());
  return problem;
}

TEST(ModelTables, KernelWithTooManyOperands) {
  const std::string arena = ", mobileone.arena_bytes = 0 : i64";
  EXPECT_EQ(problemOf(planned(3, arena)), "");
  EXPECT_THAT(
      problemOf(planned(20, arena)),
      testing::MatchesRegex("has [0-9]+ operands, the runtime passes at most "
                            "32"));
}

TEST(ModelTables, ModuleWithoutArena) {
  EXPECT_EQ(problemOf(planned(1, "")), "has no arena: run plan-arena first");
}

} // namespace
