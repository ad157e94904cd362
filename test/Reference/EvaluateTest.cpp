//===- EvaluateTest.cpp - Each operation against numbers by hand ----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Reference/ParsedFunction.h"

#include <cmath>
#include <gmock/gmock.h>
#include <limits>

using namespace mobileone;
using testing::DoubleNear;
using testing::ElementsAre;

namespace {
/// One operation in a function: its inputs, weights and expected values.
class Evaluate : public testing::Test {
protected:
  WeightStore weights;

  /// Evaluates `operation`, which makes %r of `resultType` from %a (and %b).
  std::vector<double> evaluate(const std::string &operation,
                               const std::string &resultType,
                               const std::vector<std::string> &argumentTypes,
                               const std::vector<ReferenceTensor> &inputs) {
    std::string arguments = "%a: " + argumentTypes[0];
    if (argumentTypes.size() > 1)
      arguments += ", %b: " + argumentTypes[1];
    ParsedFunction function("func.func @f(" + arguments + ") -> " + resultType +
                            " { %r = " + operation +
                            " return %r : " + resultType + " }");
    DiagnosticList diagnostics;
    auto results = interpret(function.get(), weights, inputs, diagnostics);
    EXPECT_EQ(diagnostics.str(), "");
    return results ? results->front().values : std::vector<double>();
  }
};
} // namespace

TEST_F(Evaluate, ReadInput) {
  EXPECT_THAT(evaluate("mobileone.read_input %a nchw : tensor<1x2x1x2xf32> -> "
                       "tensor<1x1x2x2xf32>",
                       "tensor<1x1x2x2xf32>", {"tensor<1x2x1x2xf32>"},
                       {{{1, 2, 1, 2}, {1, 2, 3, 4}}}),
              ElementsAre(1, 3, 2, 4));
  EXPECT_THAT(
      evaluate("mobileone.read_input %a nhwc {mean = array<f64: 1.0, 2.0>, "
               "standard_deviation = array<f64: 2.0, 4.0>} : "
               "tensor<1x1x2x2xui8> -> tensor<1x1x2x2xf32>",
               "tensor<1x1x2x2xf32>", {"tensor<1x1x2x2xui8>"},
               {{{1, 1, 2, 2}, {1, 2, 255, 6}}}),
      ElementsAre(0, 0, 127, 1));
}

TEST_F(Evaluate, WriteOutput) {
  EXPECT_THAT(
      evaluate("mobileone.write_output %a nchw : tensor<1x1x2x2xf32> -> "
               "tensor<1x2x1x2xf32>",
               "tensor<1x2x1x2xf32>", {"tensor<1x1x2x2xf32>"},
               {{{1, 1, 2, 2}, {1, 3, 2, 4}}}),
      ElementsAre(1, 2, 3, 4));
}

TEST_F(Evaluate, DenseConv) {
  weights.add("w", {1, 2, 3, 3},
              {0, 0, 0, 0, 1, 2, 0, 0, 0,    // Input 0.
               0, 10, 0, 0, 0, 0, 0, 0, 0}); // Input 1.
  weights.add("b", {1}, {100});
  // Channel 0 is 1 2 / 3 4, channel 1 is 5 6 / 7 8.
  EXPECT_THAT(
      evaluate("mobileone.conv %a filter <\"w\"> bias <\"b\"> {kernel = 3, "
               "stride = 1, padding = 1, groups = 1} : tensor<1x2x2x2xf32> -> "
               "tensor<1x2x2x1xf32>",
               "tensor<1x2x2x1xf32>", {"tensor<1x2x2x2xf32>"},
               {{{1, 2, 2, 2}, {1, 5, 2, 6, 3, 7, 4, 8}}}),
      ElementsAre(105, 102, 161, 164));
}

TEST_F(Evaluate, DepthwiseConvWithStrideAndActivation) {
  weights.add("w", {2, 1, 1, 1}, {2, -1});
  EXPECT_THAT(
      evaluate("mobileone.conv %a filter <\"w\"> {kernel = 1, stride = 2, "
               "padding = 0, groups = 2, activation = #mobileone<activation "
               "relu>} : tensor<1x1x3x2xf32> -> tensor<1x1x2x2xf32>",
               "tensor<1x1x2x2xf32>", {"tensor<1x1x3x2xf32>"},
               {{{1, 1, 3, 2}, {1, 2, 3, 4, 5, -6}}}),
      ElementsAre(2, 0, 10, 6));
}

TEST_F(Evaluate, BatchNorm) {
  weights.add("s", {2}, {4, 1});
  weights.add("t", {2}, {10, 20});
  weights.add("m", {2}, {1, 2});
  weights.add("v", {2}, {3, 0});
  EXPECT_THAT(evaluate("mobileone.batch_norm %a scale <\"s\"> shift <\"t\"> "
                       "mean <\"m\"> variance <\"v\"> {epsilon = 1.0} : "
                       "tensor<1x1x1x2xf32>",
                       "tensor<1x1x1x2xf32>", {"tensor<1x1x1x2xf32>"},
                       {{{1, 1, 1, 2}, {3, 5}}}),
              ElementsAre(14, 23));
}

TEST_F(Evaluate, AddAndRelu) {
  ReferenceTensor a{{1, 1, 1, 2}, {1, -5}}, b{{1, 1, 1, 2}, {2, 3}};
  EXPECT_THAT(evaluate("mobileone.add %a, %b : tensor<1x1x1x2xf32>",
                       "tensor<1x1x1x2xf32>",
                       {"tensor<1x1x1x2xf32>", "tensor<1x1x1x2xf32>"}, {a, b}),
              ElementsAre(3, -2));
  EXPECT_THAT(evaluate("mobileone.relu %a : tensor<1x1x1x2xf32>",
                       "tensor<1x1x1x2xf32>", {"tensor<1x1x1x2xf32>"}, {a}),
              ElementsAre(1, 0));
}

TEST_F(Evaluate, ReluKeepsWhatIsNotANumber) {
  double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(
      evaluate("mobileone.relu %a : tensor<1x1x1x1xf32>", "tensor<1x1x1x1xf32>",
               {"tensor<1x1x1x1xf32>"}, {{{1, 1, 1, 1}, {nan}}})[0]));
}

static double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

TEST_F(Evaluate, SqueezeExcite) {
  weights.add("r", {1, 2, 1, 1}, {1, 2});
  weights.add("s", {1}, {0.5});
  weights.add("e", {2, 1, 1, 1}, {1, -1});
  weights.add("f", {2}, {0, 1});
  // Means: 2, -1. Hidden: relu(2 - 2 + 0.5) = 0.5.
  double g0 = sigmoid(0.5), g1 = sigmoid(0.5);
  ReferenceTensor input{{1, 1, 2, 2}, {1, -3, 3, 1}};
  EXPECT_THAT(
      evaluate("mobileone.squeeze_excite %a reduce <\"r\"> <\"s\"> expand "
               "<\"e\"> <\"f\"> {hidden = 1, activation = "
               "#mobileone<activation relu>} : tensor<1x1x2x2xf32>",
               "tensor<1x1x2x2xf32>", {"tensor<1x1x2x2xf32>"}, {input}),
      ElementsAre(DoubleNear(g0, 1e-15), 0, DoubleNear(3 * g0, 1e-15),
                  DoubleNear(g1, 1e-15)));
}

TEST_F(Evaluate, SqueezeExciteInParts) {
  weights.add("r", {1, 1, 1, 1}, {-1});
  weights.add("s", {1}, {0});
  weights.add("e", {1, 1, 1, 1}, {1});
  weights.add("f", {1}, {2});
  EXPECT_THAT(evaluate("mobileone.row_sums %a : tensor<1x2x2x2xf32> -> "
                       "tensor<1x2x2xf32>",
                       "tensor<1x2x2xf32>", {"tensor<1x2x2x2xf32>"},
                       {{{1, 2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8}}}),
              ElementsAre(4, 6, 12, 14));
  // Mean 3: the hidden layer is relu(-3) = 0.
  EXPECT_THAT(
      evaluate("mobileone.excite %a reduce <\"r\"> <\"s\"> expand <\"e\"> "
               "<\"f\"> {hidden = 1, pixels = 4} : tensor<1x2x1xf32> -> "
               "tensor<1x1xf32>",
               "tensor<1x1xf32>", {"tensor<1x2x1xf32>"}, {{{1, 2, 1}, {4, 8}}}),
      ElementsAre(DoubleNear(sigmoid(2), 1e-15)));
  EXPECT_THAT(
      evaluate("mobileone.scale %a by %b {activation = #mobileone<activation "
               "relu>} : tensor<1x1x2x2xf32>, tensor<1x2xf32>",
               "tensor<1x1x2x2xf32>",
               {"tensor<1x1x2x2xf32>", "tensor<1x2xf32>"},
               {{{1, 1, 2, 2}, {1, 2, 3, 4}}, {{1, 2}, {2, -1}}}),
      ElementsAre(2, 0, 6, 0));
}

TEST_F(Evaluate, PoolAndLinear) {
  EXPECT_THAT(
      evaluate("mobileone.global_average_pool %a : tensor<1x1x2x2xf32> -> "
               "tensor<1x2xf32>",
               "tensor<1x2xf32>", {"tensor<1x1x2x2xf32>"},
               {{{1, 1, 2, 2}, {1, 2, 3, 4}}}),
      ElementsAre(2, 3));
  weights.add("w", {1, 2}, {10, 1});
  weights.add("b", {1}, {0.5});
  EXPECT_THAT(evaluate("mobileone.linear %a filter <\"w\"> bias <\"b\"> : "
                       "tensor<1x2xf32> -> tensor<1x1xf32>",
                       "tensor<1x1xf32>", {"tensor<1x2xf32>"},
                       {{{1, 2}, {2, 3}}}),
              ElementsAre(23.5));
}
