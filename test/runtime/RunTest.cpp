//===- RunTest.cpp - Tests of runs ----------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelFixture.h"

#include <cfenv>
#include <gtest/gtest.h>

using namespace mobileone::runtime::test;

namespace {

TEST(RunTest, ComputesWhatTheModelSays) {
  SessionPointer session = makeSession(hand_small);
  for (unsigned seed = 1; seed <= 3; ++seed) {
    Tensors tensors(hand_small, seed);
    expectRightRun(session.get(), tensors);
  }
}

TEST(RunTest, ManyTiles) {
  SessionPointer session = makeSession(hand_tall);
  Tensors tensors(hand_tall);
  expectRightRun(session.get(), tensors);
}

TEST(RunTest, TwoModelsAndTwoVersionsInOneProgram) {
  SessionPointer small = makeSession(hand_small);
  SessionPointer doubled = makeSession(hand_small_doubled);
  SessionPointer tall = makeSession(hand_tall);
  Tensors smallTensors(hand_small, 1), doubledTensors(hand_small, 1, 2),
      tallTensors(hand_tall, 1);
  for (int i = 0; i < 2; ++i) {
    expectRightRun(small.get(), smallTensors);
    expectRightRun(doubled.get(), doubledTensors);
    expectRightRun(tall.get(), tallTensors);
  }
  EXPECT_NE(smallTensors.logits, doubledTensors.logits);
}

} // namespace
