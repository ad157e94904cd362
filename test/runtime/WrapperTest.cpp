//===- WrapperTest.cpp - Tests of the C++ wrapper -------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelFixture.h"
#include "mobileone/runtime.hpp"

#include <array>
#include <gtest/gtest.h>

using namespace mobileone::runtime::test;
using mobileone::Session;

namespace {

static_assert(!std::is_copy_constructible_v<Session>);
static_assert(!std::is_copy_assignable_v<Session>);
static_assert(std::is_nothrow_move_constructible_v<Session>);
static_assert(std::is_nothrow_move_assignable_v<Session>);

TEST(WrapperTest, Runs) {
  Session session(hand_small);
  ASSERT_TRUE(session) << session.error();
  Tensors tensors(hand_small);
  std::vector<float> map(tensors.map.size());
  std::array<float, 4> logits;
  ASSERT_TRUE(session.run({tensors.image}, {map, logits})) << session.error();
  EXPECT_EQ(session.status(), MOBILEONE_OK);
  EXPECT_EQ(map, tensors.expectedMap);
  EXPECT_EQ(logits[3], tensors.expectedLogits[3]);

  float array[4];
  ASSERT_TRUE(session.run({{tensors.image.data(), tensors.image.size()}},
                          {{map.data(), map.size()}, array}));
  EXPECT_EQ(array[0], tensors.expectedLogits[0]);
}

TEST(WrapperTest, MovesAndSwaps) {
  Session first(hand_small), second(hand_tall);
  mobileone_session *small = first.get(), *tall = second.get();
  Session moved(std::move(first));
  EXPECT_EQ(moved.get(), small);
  EXPECT_FALSE(first);
  moved = std::move(second);
  EXPECT_EQ(moved.get(), tall);
  EXPECT_FALSE(second);
  Tensors tensors(hand_tall);
  expectRightRun(moved.get(), tensors);
}

TEST(WrapperTest, RunsInTheCallersMemory) {
  alignas(64) static unsigned char memory[8192];
  Session session(hand_small, mobileone_default_options(), memory,
                  sizeof(memory));
  ASSERT_TRUE(session) << session.error();
  EXPECT_STREQ(session.target(), "generic");
  EXPECT_STREQ(session.device(), "");
  Tensors tensors(hand_small);
  expectRightRun(session.get(), tensors);
}

TEST(WrapperTest, SaysWhyThereIsNoSession) {
  EditableModel edited(hand_small);
  edited.model.abi_version = 3;
  Session session(edited.model);
  EXPECT_FALSE(session);
  EXPECT_EQ(session.status(), MOBILEONE_VERSION_MISMATCH);
  EXPECT_EQ(std::string(session.error()).find("The model has ABI version 3"),
            0u);
  // The reason stands when the session is used all the same.
  EXPECT_FALSE(session.run({}, {}));
  EXPECT_EQ(session.status(), MOBILEONE_VERSION_MISMATCH);
  EXPECT_EQ(std::string(session.error()).find("The model has ABI version 3"),
            0u);
  Session empty;
  EXPECT_FALSE(empty.run({}, {}));
  EXPECT_EQ(empty.status(), MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(empty.error(), "There is no session.");
  EXPECT_STREQ(empty.target(), "");
  EXPECT_STREQ(empty.device(), "");
}

TEST(WrapperTest, RefusesTensorsThatDoNotFit) {
  Session session(hand_small);
  Tensors t(hand_small);
  std::vector<float> shorter(t.image.size() - 1);
  std::vector<int32_t> integers(t.image.size());
  const char *inputs = "The inputs are not as many, or not of the type and "
                       "size, as the model's header says.";
  const char *outputs = "The outputs are not as many, or not of the type and "
                        "size, as the model's header says.";
  EXPECT_FALSE(session.run({}, {t.map, t.logits}));
  EXPECT_STREQ(session.error(), inputs);
  EXPECT_FALSE(session.run({shorter}, {t.map, t.logits}));
  EXPECT_STREQ(session.error(), inputs);
  EXPECT_FALSE(session.run({integers}, {t.map, t.logits}));
  EXPECT_STREQ(session.error(), inputs);
  EXPECT_FALSE(session.run({t.image}, {t.logits, t.map}));
  EXPECT_STREQ(session.error(), outputs);
  EXPECT_FALSE(session.run({t.image}, {t.map}));
  EXPECT_STREQ(session.error(), outputs);
  EXPECT_EQ(session.status(), MOBILEONE_INVALID_ARGUMENT);
  EXPECT_TRUE(session.run({t.image}, {t.map, t.logits}));
}

TEST(WrapperTest, ReportsWhatTheRuntimeReports) {
  EditableModel edited(hand_small);
  edited.steps[0].kernel = [](void **) -> int32_t { return 1; };
  Session session(edited.model);
  Tensors t(hand_small);
  EXPECT_FALSE(session.run({t.image}, {t.map, t.logits}));
  EXPECT_EQ(session.status(), MOBILEONE_KERNEL_FAILED);
  EXPECT_STREQ(session.error(), "Step 0 (scale): its kernel returned 1.");
}

/// A model that takes half-precision numbers, which C++17 has no type for.
TEST(WrapperTest, HalfPrecisionInIntegers) {
  EditableModel edited(hand_small);
  mobileone_tensor half = hand_small.inputs[0];
  half.type = {MOBILEONE_CODE_FLOAT, 16, 1};
  edited.model.inputs = &half;
  edited.model.input_count = 1;
  Session session(edited.model);
  Tensors t(hand_small);
  std::vector<uint16_t> halves(t.image.size() * 2);
  std::vector<int16_t> integers(t.image.size() * 2);
  EXPECT_TRUE(session.run({halves}, {t.map, t.logits}));
  EXPECT_FALSE(session.run({integers}, {t.map, t.logits}));
}

} // namespace
