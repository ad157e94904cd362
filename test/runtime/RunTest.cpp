//===- RunTest.cpp - Tests of runs ----------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelFixture.h"

#include <atomic>
#include <cfenv>
#include <gtest/gtest.h>
#include <limits>

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

TEST(RunTest, EveryImageOfABatch) {
  for (uint32_t threads : {1u, 2u, 3u}) {
    SessionPointer session = makeSession(hand_batch, threads);
    for (unsigned seed = 1; seed <= 3; ++seed) {
      Tensors tensors(hand_batch, seed);
      expectRightRun(session.get(), tensors);
    }
  }
}

/// Notes the steps and the addresses of their last operands.
struct Notes {
  std::vector<uint32_t> steps;
  std::vector<const uint8_t *> results;

  static void add(void *user, mobileone_session *session, uint32_t step) {
    Notes &notes = *static_cast<Notes *>(user);
    notes.steps.push_back(step);
    const mobileone_program *program = mobileone_session_program(session);
    mobileone_dimension dimensions[MOBILEONE_DIMENSIONS];
    mobileone_buffer buffer;
    ASSERT_EQ(mobileone_session_buffer(session, step,
                                       program->steps[step].operand_count - 1,
                                       dimensions, &buffer),
              MOBILEONE_OK);
    notes.results.push_back(buffer.host);
  }
};

TEST(RunTest, ObserversSeeEveryImage) {
  SessionPointer session = makeSession(hand_batch);
  Tensors tensors(hand_batch);
  Notes notes;
  mobileone_session_observe(session.get(), Notes::add, &notes);
  expectRightRun(session.get(), tensors);
  EXPECT_EQ(notes.steps, (std::vector<uint32_t>{0, 1, 2, 3, 0, 1, 2, 3}));
  // "scale" writes to the arena, "windows" to the map, "classify" to logits.
  EXPECT_EQ(notes.results[4], notes.results[0]);
  auto bytes = [](const std::vector<float> &values, size_t from) {
    return reinterpret_cast<const uint8_t *>(&values[from]);
  };
  EXPECT_EQ(notes.results[1], bytes(tensors.map, 0));
  EXPECT_EQ(notes.results[5], bytes(tensors.map, tensors.map.size() / 2));
  EXPECT_EQ(notes.results[3], bytes(tensors.logits, 0));
  EXPECT_EQ(notes.results[7], bytes(tensors.logits, HAND_CLASSES));
}

int32_t failOnSecondCall(void **) {
  static int calls = 0;
  return ++calls == 2 ? -5 : 0;
}

TEST(RunTest, AFailureEndsTheBatch) {
  EditableModel edited(hand_batch);
  edited.steps[3].kernel = failOnSecondCall;
  SessionPointer session = makeSession(edited.model);
  Tensors tensors(hand_batch);
  Notes notes;
  mobileone_session_observe(session.get(), Notes::add, &notes);
  EXPECT_EQ(mobileone_run(session.get(), tensors.inputs(), tensors.outputs()),
            MOBILEONE_KERNEL_FAILED);
  EXPECT_STREQ(mobileone_last_error(session.get()),
               "Step 3 (classify): its kernel returned -5.");
  EXPECT_EQ(notes.steps.size(), 7u);
  // The next run begins with the first image again.
  EXPECT_EQ(mobileone_run(session.get(), tensors.inputs(), tensors.outputs()),
            MOBILEONE_OK);
  EXPECT_EQ(tensors.map, tensors.expectedMap);
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

TEST(RunTest, RefusesNoSession) {
  EXPECT_EQ(mobileone_run(nullptr, nullptr, nullptr),
            MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(nullptr), "The session is NULL.");
}

TEST(RunTest, RefusesTensorsThatAreMissingOrMisaligned) {
  SessionPointer session = makeSession(hand_small);
  Tensors tensors(hand_small);
  const void *inputs[] = {tensors.image.data()};
  void *outputs[] = {tensors.map.data(), tensors.logits.data()};
  auto expectError = [&](const void *const *in, void *const *out,
                         const char *message) {
    EXPECT_EQ(mobileone_run(session.get(), in, out),
              MOBILEONE_INVALID_ARGUMENT);
    EXPECT_STREQ(mobileone_last_error(session.get()), message);
  };
  expectError(nullptr, outputs, "Inputs is NULL.");
  expectError(inputs, nullptr, "Outputs is NULL.");
  outputs[1] = nullptr;
  expectError(inputs, outputs, "Output 1 ('logits') is NULL.");
  outputs[1] = reinterpret_cast<char *>(tensors.logits.data()) + 2;
  expectError(inputs, outputs,
              "Output 1 ('logits') is not aligned to its elements' 4 bytes.");
  inputs[0] = nullptr;
  expectError(inputs, outputs, "Input 0 ('image') is NULL.");
  expectRightRun(session.get(), tensors);
}

int32_t failingKernel(void **) { return -3; }
int32_t untouchedKernel(void **) {
  ADD_FAILURE() << "a step behind the failing one";
  return 0;
}

TEST(RunTest, KernelsThatFailEndTheRun) {
  EditableModel edited(hand_small);
  edited.steps[1].kernel = failingKernel;
  edited.steps[2].kernel = untouchedKernel;
  for (uint32_t threads : {1u, 2u}) {
    SessionPointer session = makeSession(edited.model, threads);
    Tensors tensors(hand_small);
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(
          mobileone_run(session.get(), tensors.inputs(), tensors.outputs()),
          MOBILEONE_KERNEL_FAILED);
      EXPECT_STREQ(mobileone_last_error(session.get()),
                   "Step 1 (windows): its kernel returned -3.");
    }
  }
}

TEST(RunTest, FailingStepsWithoutName) {
  EditableModel edited(hand_small);
  edited.steps[3].kernel = failingKernel;
  edited.steps[3].name = nullptr;
  SessionPointer session = makeSession(edited.model);
  Tensors tensors(hand_small);
  EXPECT_EQ(mobileone_run(session.get(), tensors.inputs(), tensors.outputs()),
            MOBILEONE_KERNEL_FAILED);
  EXPECT_STREQ(mobileone_last_error(session.get()),
               "Step 3 (): its kernel returned -3.");
}

void runAgain(void *user, mobileone_session *session, uint32_t) {
  Tensors &tensors = *static_cast<Tensors *>(user);
  EXPECT_EQ(mobileone_run(session, tensors.inputs(), tensors.outputs()),
            MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(session),
               "The session is in the middle of a run.");
}

TEST(RunTest, RefusesRunsWithinRuns) {
  SessionPointer session = makeSession(hand_small);
  Tensors tensors(hand_small);
  mobileone_session_observe(session.get(), runAgain, &tensors);
  expectRightRun(session.get(), tensors);
}

/// Halves the smallest normal number and divides 1 by 3.
volatile float smallest = std::numeric_limits<float>::min();
volatile float half = 0.5f, one = 1, three = 3, zero = 0;
std::atomic<float> halved, third;
int32_t arithmetic(void **) {
  halved = smallest * half;
  third = one / three;
  volatile float infinite = one / zero;
  (void)infinite;
  return 0;
}

void checkCallersMode(void *, mobileone_session *, uint32_t) {
  EXPECT_EQ(fegetround(), FE_UPWARD);
  EXPECT_NE(smallest * half, 0);
}

TEST(RunTest, KernelsHaveTheirOwnArithmeticAndTheCallerKeepsHis) {
  EditableModel edited(hand_small);
  edited.steps[3].kernel = arithmetic;
  edited.steps[2].kernel = arithmetic;
  float nearest = one / three;
  for (uint32_t threads : {1u, 3u}) {
    SessionPointer session = makeSession(edited.model, threads);
    mobileone_session_observe(session.get(), checkCallersMode, nullptr);
    Tensors tensors(hand_small);
    fesetround(FE_UPWARD);
    feclearexcept(FE_ALL_EXCEPT);
    mobileone_status status =
        mobileone_run(session.get(), tensors.inputs(), tensors.outputs());
    int rounding = fegetround();
    int divided = fetestexcept(FE_DIVBYZERO);
    fesetround(FE_TONEAREST);
    EXPECT_EQ(status, MOBILEONE_OK);
    EXPECT_EQ(rounding, FE_UPWARD);
    EXPECT_EQ(divided, 0);
    EXPECT_EQ(halved.load(), 0);
    EXPECT_EQ(third.load(), nearest);
    EXPECT_NE(smallest * half, 0);
  }
}

} // namespace
