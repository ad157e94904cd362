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
// or converts anything.
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"

#include <gtest/gtest.h>

#include <map>

using namespace mobileone::schedules;
using namespace mobileone::schedules::testing;

namespace {

int spills(const Lines &loop) { return count(loop, "[sp"); }

/// The loops with multiply-adds by a lane.
std::vector<Lines> productLoops(const KernelRequest &request) {
  std::vector<Lines> loops;
  for (const Lines &loop : innermostLoops(assemble(request)))
    if (count(loop, "fmla", ".s[") > 0)
      loops.push_back(loop);
  return loops;
}

TEST(Arm64CodeTest, ProductMultipliesByLanesSixteenStepsAtATime) {
  // Of a row of 14 and of 7 pixels.
  std::map<int, std::vector<int>> expected = {{14, {320, 320, 256}},
                                              {7, {192, 256}}};
  for (const auto &[size, multiplyAdds] : expected) {
    std::vector<Lines> loops =
        productLoops(blockRequest("arm64", 128, size, 128));
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

TEST(Arm64CodeTest, ProductsHaveNoOtherVectorInstructions) {
  for (const Lines &loop : productLoops(blockRequest("arm64", 48, 56, 48)))
    for (const char *other : {"dup", "fcvt", "mov\tv", "fmul", "ins"})
      EXPECT_EQ(count(loop, other), 0) << other;
}

TEST(Arm64CodeTest, DepthwiseKeepsAccumulatorsInRegisters) {
  RequestBuilder builder("arm64");
  int value = builder.input({128, 28, 28}, 1);
  builder.output(builder.depthwise(value, 3, 1));
  int loops = 0;
  for (const Lines &loop : innermostLoops(assemble(builder.request))) {
    if (count(loop, "fmla") == 0)
      continue;
    ++loops;
    // Nine taps of fourteen pixels.
    EXPECT_EQ(count(loop, "fmla"), 126);
    EXPECT_EQ(spills(loop), 0);
  }
  EXPECT_EQ(loops, 1);
}

} // namespace
