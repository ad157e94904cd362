//===- PackWeightsTests.cpp - Weights as kernels read them -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/PackedWeights.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace mobileone;
using schedules::PackingKind;
using schedules::WeightPacking;
using testing::ElementsAre;

namespace {

TEST(PackWeights, VectorIsPadded) {
  WeightPacking packing;
  packing.outputs = 2;
  packing.paddedOutputs = 4;
  EXPECT_THAT(packWeights({1, 2}, packing), ElementsAre(1, 2, 0, 0));
}

TEST(PackWeights, DepthwiseTapsAreOutermost) {
  WeightPacking packing;
  packing.kind = PackingKind::DepthwiseTaps;
  packing.taps = 2;
  packing.outputs = 3;
  packing.paddedOutputs = 4;
  // [channel][tap] becomes [tap][padded channel].
  EXPECT_THAT(packWeights({10, 11, 20, 21, 30, 31}, packing),
              ElementsAre(10, 20, 30, 0, 11, 21, 31, 0));
}

TEST(PackWeights, PanelsHoldTapsThenInputsThenOutputs) {
  WeightPacking packing;
  packing.kind = PackingKind::Panels;
  packing.panel = 2;
  packing.taps = 2;
  packing.inputs = 1;
  packing.paddedInputs = 2;
  packing.outputs = 3;
  packing.paddedOutputs = 4;
  // [output][input][tap] becomes [panel][tap][padded input][output in panel].
  EXPECT_THAT(packWeights({10, 11, 20, 21, 30, 31}, packing),
              ElementsAre(10, 20, 0, 0, 11, 21, 0, 0, // outputs 0 and 1
                          30, 0, 0, 0, 31, 0, 0, 0)); // output 2
}

TEST(PackWeights, NoValuesMeanZeros) {
  WeightPacking packing;
  packing.outputs = packing.paddedOutputs = 3;
  EXPECT_THAT(packWeights({}, packing), ElementsAre(0, 0, 0));
}

TEST(PackWeights, ValuesAreRoundedOnce) {
  WeightPacking packing;
  // The nearest float, ties to even, not what cutting off bits gives.
  EXPECT_EQ(packWeights({1.0 + 0x1.8p-24}, packing)[0], 1.0f + 0x1p-23f);
}

TEST(PackWeights, HalvesAreRoundedOnce) {
  WeightPacking packing;
  packing.type = schedules::ElementType::F16;
  // A float in between would make a tie of it.
  EXPECT_EQ(packWeights({1.0 + 0x1p-11 + 0x1p-40}, packing)[0], 1 + 0x1p-10f);
}

TEST(PackedWeights, HalvesTakeTwoBytes) {
  PackedWeights packed;
  EXPECT_EQ(packed.add({1, -2}, schedules::ElementType::F16), 0);
  EXPECT_THAT(
      std::vector<int>(packed.bytes().begin(), packed.bytes().begin() + 5),
      ElementsAre(0, 0x3C, 0, 0xC0, 0));
}

TEST(PackedWeights, EqualContentIsStoredOnce) {
  PackedWeights packed;
  EXPECT_EQ(packed.add({1, 2, 3}), 0);
  EXPECT_EQ(packed.add({4}), 64);
  EXPECT_EQ(packed.add({1, 2, 3}), 0);
  // A part of something is not equal to it.
  EXPECT_EQ(packed.add({1, 2}), 128);
  EXPECT_EQ(packed.bytes().size(), 192u);
}

} // namespace
