//===- InterpreterTest.cpp - Running functions, and refusing to -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Reference/ParsedFunction.h"

#include <gmock/gmock.h>

using namespace mobileone;
using testing::ElementsAre;
using testing::HasSubstr;

static const char *const kernels = R"(
func.func @f(%a: tensor<1x1x2x1xf32>)
    -> (tensor<1x1x2x1xf32>, tensor<1x1x2x1xf32>) {
  %0:2 = mobileone.kernel "k" (%a) {
  ^bb0(%b: tensor<1x1x2x1xf32>):
    %1 = mobileone.conv %b filter <"w"> bias <"v">
        {kernel = 1, stride = 1, padding = 0, groups = 1}
        : tensor<1x1x2x1xf32> -> tensor<1x1x2x1xf32>
    %2 = mobileone.conv %1 filter <"w"> bias <"v">
        {kernel = 1, stride = 1, padding = 0, groups = 1}
        : tensor<1x1x2x1xf32> -> tensor<1x1x2x1xf32>
    mobileone.yield %1, %2 : tensor<1x1x2x1xf32>, tensor<1x1x2x1xf32>
  } : (tensor<1x1x2x1xf32>) -> (tensor<1x1x2x1xf32>, tensor<1x1x2x1xf32>)
  return %0#1, %0#0 : tensor<1x1x2x1xf32>, tensor<1x1x2x1xf32>
}
)";

namespace {
class InterpreterTest : public testing::Test {
protected:
  InterpreterTest() {
    weights.add("w", {1, 1, 1, 1}, {2});
    weights.add("v", {1}, {1});
  }

  WeightStore weights;
  DiagnosticList diagnostics;
  const ReferenceTensor input{{1, 1, 2, 1}, {1, 2}};
};
} // namespace

TEST_F(InterpreterTest, RunsKernels) {
  ParsedFunction function(kernels);
  auto results = interpret(function.get(), weights, {input}, diagnostics);
  ASSERT_TRUE(results);
  ASSERT_EQ(results->size(), 2u);
  EXPECT_THAT((*results)[0].values, ElementsAre(7, 11));
  EXPECT_THAT((*results)[1].values, ElementsAre(3, 5));
  EXPECT_THAT((*results)[1].shape, ElementsAre(1, 1, 2, 1));
}

TEST_F(InterpreterTest, RoundsWhatIsHalf) {
  ParsedFunction function(R"(
    func.func @f(%a: tensor<1x1x2x1xf32>)
        -> (tensor<1x1x2x1xf16>, tensor<1x1x2x1xf32>) {
      %0 = mobileone.conv %a filter <"w"> bias <"v">
          {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x1x2x1xf32> -> tensor<1x1x2x1xf16>
      %1 = mobileone.conv %a filter <"third"> bias <"v">
          {kernel = 1, stride = 1, padding = 0, groups = 1, filter_type = f16}
          : tensor<1x1x2x1xf32> -> tensor<1x1x2x1xf32>
      return %0, %1 : tensor<1x1x2x1xf16>, tensor<1x1x2x1xf32>
    })");
  weights.add("third", {1, 1, 1, 1}, {1.0 / 3});
  ReferenceTensor exact{{1, 1, 2, 1}, {0x1p-13, 1}};
  auto results = interpret(function.get(), weights, {exact}, diagnostics);
  ASSERT_TRUE(results) << diagnostics.str();
  EXPECT_THAT((*results)[0].values, ElementsAre(1, 3));
  double third = 1365.0 / 4096; // 11 bits.
  EXPECT_THAT((*results)[1].values,
              ElementsAre(1 + 0x1p-13 * third, 1 + third));
}

TEST_F(InterpreterTest, AddsUpInHalves) {
  ParsedFunction function(R"(
    func.func @f(%a: tensor<1x4xf16>) -> (tensor<1x1xf32>, tensor<1x1xf32>) {
      %0 = mobileone.linear %a filter <"ones"> bias <"v"> {filter_type = f16}
          : tensor<1x4xf16> -> tensor<1x1xf32>
      %1 = mobileone.linear %a filter <"ones"> bias <"v">
          {filter_type = f16, accumulator = f16}
          : tensor<1x4xf16> -> tensor<1x1xf32>
      return %0, %1 : tensor<1x1xf32>, tensor<1x1xf32>
    })");
  weights.add("ones", {1, 4}, {1, 1, 1, 1});
  ReferenceTensor small{{1, 4}, {0x1p-11, 0x1p-11, 0x1p-11, 2048}};
  auto results = interpret(function.get(), weights, {small}, diagnostics);
  ASSERT_TRUE(results) << diagnostics.str();
  EXPECT_THAT((*results)[0].values, ElementsAre(2049 + 3 * 0x1p-11));
  // Half of the last place is lost three times, then a tie goes to even.
  EXPECT_THAT((*results)[1].values, ElementsAre(2048));
}

/// Each on its own: the mean of both images would be 6.
TEST_F(InterpreterTest, ComputesEveryImage) {
  ParsedFunction function(R"(
    func.func @f(%a: tensor<2x1x2x1xf32>)
        -> (tensor<2x1x2x1xf32>, tensor<2x1xf32>) {
      %0, %1 = mobileone.kernel "k" (%a) {
      ^bb0(%b: tensor<2x1x2x1xf32>):
        %2 = mobileone.conv %b filter <"w"> bias <"v">
            {kernel = 1, stride = 1, padding = 0, groups = 1}
            : tensor<2x1x2x1xf32> -> tensor<2x1x2x1xf32>
        %3 = mobileone.global_average_pool %2
            : tensor<2x1x2x1xf32> -> tensor<2x1xf32>
        %4 = mobileone.scale %2 by %3
            : tensor<2x1x2x1xf32>, tensor<2x1xf32>
        mobileone.yield %4, %3 : tensor<2x1x2x1xf32>, tensor<2x1xf32>
      } : (tensor<2x1x2x1xf32>) -> (tensor<2x1x2x1xf32>, tensor<2x1xf32>)
      return %0, %1 : tensor<2x1x2x1xf32>, tensor<2x1xf32>
    })");
  ReferenceTensor images{{2, 1, 2, 1}, {1, 2, 3, 4}};
  auto results = interpret(function.get(), weights, {images}, diagnostics);
  ASSERT_TRUE(results) << diagnostics.str();
  EXPECT_THAT((*results)[0].shape, ElementsAre(2, 1, 2, 1));
  EXPECT_THAT((*results)[0].values, ElementsAre(3 * 4, 5 * 4, 7 * 8, 9 * 8));
  EXPECT_THAT((*results)[1].shape, ElementsAre(2, 1));
  EXPECT_THAT((*results)[1].values, ElementsAre(4, 8));
}

TEST_F(InterpreterTest, AddsUpHalvesInBlocks) {
  ParsedFunction function(R"(
    func.func @f(%a: tensor<1x4xf16>, %b: tensor<1x1x1x4xf16>)
        -> (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1x1x1xf32>) {
      %0 = mobileone.linear %a filter <"ones"> bias <"v">
          {filter_type = f16, accumulator = f16}
          : tensor<1x4xf16> -> tensor<1x1xf32>
      %1 = mobileone.linear %a filter <"ones"> bias <"v">
          {filter_type = f16, accumulator = f16, mobileone.sum_block = 2}
          : tensor<1x4xf16> -> tensor<1x1xf32>
      %2 = mobileone.conv %b filter <"pointwise"> {kernel = 1, stride = 1,
          padding = 0, groups = 1, filter_type = f16, accumulator = f16,
          mobileone.sum_block = 2}
          : tensor<1x1x1x4xf16> -> tensor<1x1x1x1xf32>
      return %0, %1, %2
          : tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1x1x1xf32>
    })");
  weights.add("ones", {1, 4}, {1, 1, 1, 1});
  weights.add("pointwise", {1, 4, 1, 1}, {1, 1, 1, 1});
  std::vector<double> values = {2048, 0, 1, 1};
  auto results =
      interpret(function.get(), weights,
                {{{1, 4}, values}, {{1, 1, 1, 4}, values}}, diagnostics);
  ASSERT_TRUE(results) << diagnostics.str();
  double bias = (*results)[0].values[0] - 2048;
  EXPECT_EQ(bias, 0);
  EXPECT_THAT((*results)[1].values, ElementsAre(2050));
  EXPECT_THAT((*results)[2].values, ElementsAre(2050));
}

TEST_F(InterpreterTest, InterpretsOneKernel) {
  ParsedFunction function(kernels);
  auto kernel = *function.get().getOps<KernelOp>().begin();
  auto results = interpretKernel(kernel, weights, {input});
  ASSERT_EQ(results.size(), 2u);
  EXPECT_THAT(results[1].values, ElementsAre(7, 11));
}

TEST_F(InterpreterTest, ShowsEveryValue) {
  ParsedFunction function(kernels);
  std::vector<std::string> seen;
  interpret(
      function.get(), weights, {input}, diagnostics,
      [&](mlir::Operation &op, const std::vector<ReferenceTensor> &results) {
        seen.push_back(op.getName().getStringRef().str() + " " +
                       std::to_string(results.front().values.front()));
      });
  EXPECT_THAT(seen,
              ElementsAre("mobileone.conv 3.000000", "mobileone.conv 7.000000",
                          "mobileone.kernel 3.000000"));
}

TEST_F(InterpreterTest, TakesAValueTwice) {
  ParsedFunction function(R"(
    func.func @f(%a: tensor<1x1x2x1xf32>) -> tensor<1x1x2x1xf32> {
      %0 = mobileone.add %a, %a, %a : tensor<1x1x2x1xf32>
      return %0 : tensor<1x1x2x1xf32>
    })");
  auto results = interpret(function.get(), weights, {input}, diagnostics);
  ASSERT_TRUE(results);
  EXPECT_THAT(results->front().values, ElementsAre(3, 6));
}

TEST_F(InterpreterTest, RefusesMissingAndWrongWeights) {
  ParsedFunction function(kernels);
  WeightStore wrong;
  wrong.add("v", {2}, {1, 2});
  EXPECT_FALSE(interpret(function.get(), wrong, {input}, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), 4);
  EXPECT_THAT(diagnostics.str(), HasSubstr("w: there is no such weight"));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("v: the weight's shape is [2], but 'mobileone.conv' "
                        "needs [1]"));
}

TEST_F(InterpreterTest, RefusesWrongInputs) {
  ParsedFunction function(kernels);
  EXPECT_FALSE(interpret(function.get(), weights, {}, diagnostics));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("f: the function takes 1 inputs, but got 0"));
  EXPECT_FALSE(
      interpret(function.get(), weights, {{{1, 2}, {1, 2}}}, diagnostics));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("input 0 has the shape [1, 2], but the function's is "
                        "[1, 1, 2, 1]"));
  EXPECT_EQ(diagnostics.exitCode(), 3);
}

TEST_F(InterpreterTest, RefusesUnknownOperations) {
  ParsedFunction function(R"(
    func.func @f(%a: tensor<1x1x2x1xf32>) -> tensor<1x1x2x1xf32> {
      %0 = func.call @f(%a) : (tensor<1x1x2x1xf32>) -> tensor<1x1x2x1xf32>
      return %0 : tensor<1x1x2x1xf32>
    })");
  EXPECT_FALSE(interpret(function.get(), weights, {input}, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), 5);
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("the interpreter does not know 'func.call'"));
}
