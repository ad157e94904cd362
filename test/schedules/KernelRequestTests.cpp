//===- KernelRequestTests.cpp - Requests and packings as data -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "RequestBuilder.h"

#include "schedules/Packing.h"

#include <gtest/gtest.h>

using namespace mobileone::schedules;
using namespace mobileone::schedules::testing;

namespace {

KernelRequest blockRequest() {
  RequestBuilder builder("x86-64-v4");
  int value = builder.depthwise(builder.input({48, 8, 6}, 1), 3, 2);
  builder.output(builder.conv(value, 40, 1, 1, Activation::None));
  return builder.request;
}

TEST(KernelRequestTest, PrintsEverythingThatMakesAKernel) {
  KernelRequest request = blockRequest();
  request.parameters["tile_rows"] = 2;
  std::string text = print(request);
  EXPECT_NE(text.find("%0 = input 48x8x6 f32 stored 48 strides 1,48,480 border "
                      "1\n%1 = conv %0 kernel 3 stride 2 padding 1 groups 48 "
                      "relu -> 48x4x3\n%2 = conv %1 kernel 1 stride 1 padding "
                      "0 groups 1 -> 40x4x3\noutput %2 40x4x3 f32 stored 48 "
                      "strides 1,48,192 border 0\nparameter tile_rows 2\n"),
            std::string::npos)
      << text;
}

TEST(KernelRequestTest, PrintsTypes) {
  RequestBuilder builder("generic-half");
  int value = builder.depthwise(builder.input({48, 8, 6}, 1), 3, 2);
  builder.output(builder.conv(value, 40, 1, 1, Activation::None));
  std::string wide = printWorkload(builder.request);
  builder.lowerPrecision();
  std::string text = printWorkload(builder.request);
  EXPECT_NE(text, wide);
  EXPECT_EQ(text,
            "%0 = input 48x8x6 f16 stored 48 strides 1,48,480 border 1\n%1 = "
            "conv %0 kernel 3 stride 2 padding 1 groups 48 relu weights f16 "
            "accumulator f16 -> 48x4x3 f16\n%2 = conv %1 kernel 1 stride 1 "
            "padding 0 groups 1 weights f16 accumulator f16 -> 40x4x3 f16\n"
            "output %2 40x4x3 f16 stored 48 strides 1,48,192 border 0\n");
}

TEST(KernelRequestTest, TextDoesNotDependOnTheName) {
  KernelRequest one = blockRequest(), other = blockRequest();
  other.name = "other";
  EXPECT_EQ(print(one), print(other));
  other.ops[1].activation = Activation::ReLU;
  EXPECT_NE(print(one), print(other));
}

TEST(KernelRequestTest, CountsMultiplyAdds) {
  EXPECT_EQ(multiplyAdds(blockRequest()), 4 * 3 * (48 * 9 + 48 * 40));
  RequestBuilder builder("generic");
  int rows = builder.input({64, 1, 7});
  builder.output(builder.excite(rows, 16, 49));
  EXPECT_EQ(multiplyAdds(builder.request), 2 * 64 * 16);
}

TEST(KernelRequestTest, ViewsPackedWeightsInThreeDimensions) {
  WeightPacking packing;
  packing.kind = PackingKind::Panels;
  packing.panel = 32;
  packing.taps = 9;
  packing.paddedInputs = 3;
  packing.paddedOutputs = 64;
  Operand view = packedOperand(packing);
  EXPECT_EQ(view.shape.channels, 32);
  EXPECT_EQ(view.shape.width, 27);
  EXPECT_EQ(view.shape.height, 2);
  EXPECT_EQ(view.strides, (std::array<int, 3>{1, 32, 32 * 27}));
  EXPECT_EQ(int64_t(32) * 27 * 2, packing.elements());
}

TEST(KernelRequestTest, ListsWeightsInOrder) {
  std::vector<WeightOperand> operands = weightOperands(blockRequest());
  ASSERT_EQ(operands.size(), 4u);
  EXPECT_EQ(operands[1].op, 0);
  EXPECT_EQ(operands[1].role, WeightRole::Bias);
  EXPECT_EQ(operands[2].op, 1);
  EXPECT_EQ(operands[2].role, WeightRole::Filter);
}

TEST(ScheduleTest, BothLevelsOfALibraryPackAlike) {
  for (int outputs : {16, 40, 48, 80, 96, 128}) {
    std::vector<std::string> texts;
    for (const char *machine : {"x86-64-v3", "x86-64-v4"}) {
      RequestBuilder builder(machine);
      int value = builder.depthwise(builder.input({48, 14, 14}, 1), 3, 1);
      builder.output(builder.conv(value, outputs, 1, 1));
      std::string text;
      KernelLayout layout =
          selectSchedule(builder.request)->layout(builder.request);
      for (const WeightPacking &packing : layout.weights)
        text += std::to_string(int(packing.kind)) + " " +
                std::to_string(packing.panel) + " " +
                std::to_string(packing.paddedInputs) + " " +
                std::to_string(packing.paddedOutputs) + "\n";
      texts.push_back(text);
    }
    EXPECT_EQ(texts[0], texts[1]) << outputs;
  }
}

TEST(ScheduleTest, FindsSchedulesByName) {
  EXPECT_EQ(findSchedule("x86.stem")->name, "x86.stem");
  EXPECT_EQ(findSchedule("generic.any")->name, "generic.any");
  EXPECT_EQ(findSchedule("x86.none"), nullptr);
}

} // namespace
