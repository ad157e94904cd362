//===- Arm64CodeTests.cpp - The hot loops on arm64 ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A product multiplies by lanes of what it loaded for sixteen steps of the
// reduction; neither it nor a depthwise convolution keeps vectors on the stack
// or converts anything, in f32 or where halves are added up.
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"

#include <gtest/gtest.h>

#include <map>

using namespace mobileone::schedules;
using namespace mobileone::schedules::testing;

namespace {

int spills(const Lines &loop) { return count(loop, "[sp"); }

using Arrangement = const char *;
constexpr Arrangement floats = ".s[", halves = ".h[";

/// The loops with multiply-adds by a lane.
std::vector<Lines> productLoops(const KernelRequest &request,
                                Arrangement lane) {
  std::vector<Lines> loops;
  for (const Lines &loop : innermostLoops(assemble(request)))
    if (count(loop, "fmla", lane) > 0)
      loops.push_back(loop);
  return loops;
}

void expectNoOtherVectorInstructions(const Lines &loop) {
  for (const char *other : {"dup", "fcvt", "mov\tv", "fmul", "ins", "ld1r"})
    EXPECT_EQ(count(loop, other), 0) << other;
  EXPECT_EQ(spills(loop), 0);
}

/// A block of `channels` on maps of `size` x `size`.
KernelRequest requestOf(int channels, int size, Arrangement lane) {
  RequestBuilder builder("arm64");
  builder.request = blockRequest("arm64", channels, size, channels);
  if (lane == halves)
    builder.lowerPrecision();
  return builder.request;
}

struct Arm64CodeTest : ::testing::TestWithParam<Arrangement> {};

TEST_P(Arm64CodeTest, ProductMultipliesByLanesSixteenStepsAtATime) {
  // Of a row of 14 and of 7 pixels.
  std::map<int, std::vector<int>> expected = {{14, {320, 320, 256}},
                                              {7, {192, 256}}};
  for (const auto &[size, multiplyAdds] : expected) {
    std::vector<Lines> loops =
        productLoops(requestOf(128, size, GetParam()), GetParam());
    ASSERT_EQ(loops.size(), multiplyAdds.size()) << size;
    for (size_t i = 0; i < loops.size(); ++i) {
      EXPECT_EQ(count(loops[i], "fmla"), multiplyAdds[i]) << size;
      EXPECT_EQ(spills(loops[i]), 0) << size;
      // Vectors come in pairs; little else is between.
      EXPECT_LE(count(loops[i], "\tld"), multiplyAdds[i] / 4) << size;
      EXPECT_LE(int(loops[i].size()), multiplyAdds[i] * 4 / 3) << size;
    }
  }
}

TEST_P(Arm64CodeTest, ProductsHaveNoOtherVectorInstructions) {
  std::vector<Lines> loops =
      productLoops(requestOf(128, 28, GetParam()), GetParam());
  EXPECT_FALSE(loops.empty());
  for (const Lines &loop : loops)
    expectNoOtherVectorInstructions(loop);
}

TEST_P(Arm64CodeTest, DepthwiseKeepsAccumulatorsInRegisters) {
  RequestBuilder builder("arm64");
  int value = builder.input({128, 28, 28}, 1);
  builder.output(builder.depthwise(value, 3, 1));
  if (GetParam() == halves)
    builder.lowerPrecision();
  int loops = 0;
  for (const Lines &loop : innermostLoops(assemble(builder.request))) {
    if (count(loop, "fmla") == 0)
      continue;
    ++loops;
    // Nine taps of fourteen pixels.
    EXPECT_EQ(count(loop, "fmla", GetParam() == halves ? ".8h" : ".4s"), 126);
    EXPECT_EQ(count(loop, "fcvt"), 0);
    EXPECT_EQ(spills(loop), 0);
  }
  EXPECT_EQ(loops, 1);
}

INSTANTIATE_TEST_SUITE_P(Types, Arm64CodeTest,
                         ::testing::Values(floats, halves),
                         [](const auto &info) {
                           return info.param == halves ? "f16" : "f32";
                         });

TEST(Arm64HalfCodeTest, LongSumsAreMadeInBlocks) {
  for (int channels : {256, 512}) {
    int additions = count(assemble(requestOf(channels, 14, halves)), "fadd\tv");
    // Of tiles of 5, 5 and 4 pixels in four vectors.
    EXPECT_EQ(additions, channels > 256 ? 56 : 0);
  }
}

TEST(Arm64HalfCodeTest, StemMultipliesByLanesOfColumns) {
  RequestBuilder builder("arm64");
  int image = builder.callerInput({3, 224, 224}, true, ElementType::F32);
  builder.output(builder.conv(builder.readInput(image, true), 48, 3, 2), 1);
  builder.lowerPrecision();
  std::vector<Lines> loops = productLoops(builder.request, halves);
  ASSERT_EQ(loops.size(), 1u);
  // A row of taps, three channels, two vectors, eight pixels; three vectors of
  // columns per channel.
  EXPECT_EQ(count(loops[0], "fmla"), 144);
  EXPECT_LE(int(loops[0].size()), 175);
  expectNoOtherVectorInstructions(loops[0]);
}

} // namespace
