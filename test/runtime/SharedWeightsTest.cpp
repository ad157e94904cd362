//===- SharedWeightsTest.cpp - Tests of weights in huge pages -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/src/SharedWeights.h"
#include "ModelFixture.h"
#include "runtime/src/SystemMemory.h"

#include <cstring>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <thread>

using namespace mobileone::runtime;
using namespace mobileone::runtime::test;

namespace {

constexpr size_t manyBytes = hugePageBytes + 4096 + 80;

/// Weights as long as a copy is worth making, the model's own at their start.
struct LargeModel : EditableModel {
  LargeModel()
      : EditableModel(hand_small), memory(reserveMemory(2 * manyBytes)) {
    memset(memory.address, 0x5a, memory.bytes);
    memcpy(memory.address, model.weights, size_t(model.weights_bytes));
    model.weights = memory.address;
    model.weights_bytes = manyBytes;
  }
  ~LargeModel() { releaseMemory(memory); }

  SystemMemory memory;
};

bool isMapped(const void *page) {
  unsigned char resident;
  return mincore(const_cast<void *>(page), 1, &resident) == 0;
}

mobileone_options copyingOptions() {
  mobileone_options options = mobileone_default_options();
  options.weights_in_huge_pages = 1;
  return options;
}

/// Where the session's kernels read the weights.
const void *weightsOf(mobileone_session *session) {
  mobileone_dimension dimensions[3];
  mobileone_buffer buffer;
  EXPECT_EQ(mobileone_session_buffer(session, 0, 1, dimensions, &buffer),
            MOBILEONE_OK);
  return buffer.host;
}

TEST(SharedWeightsTest, OneCopyForAllWhoAsk) {
  if (!hasHugePages())
    GTEST_SKIP() << "this system has no huge pages to ask for";
  LargeModel model;
  auto *weights = static_cast<const uint8_t *>(model.model.weights);
  const uint8_t *first = acquireSharedWeights(weights, manyBytes);
  ASSERT_NE(first, nullptr);
  EXPECT_NE(first, weights);
  EXPECT_EQ(uintptr_t(first) % hugePageBytes, 0u);
  EXPECT_EQ(memcmp(first, weights, manyBytes), 0);
  EXPECT_EQ(acquireSharedWeights(weights, manyBytes), first);
  const uint8_t *other = acquireSharedWeights(weights + 64, manyBytes);
  EXPECT_NE(other, first);
  EXPECT_EQ(memcmp(other, weights + 64, manyBytes), 0);

  releaseSharedWeights(first);
  EXPECT_TRUE(isMapped(first));
  releaseSharedWeights(other);
  EXPECT_FALSE(isMapped(other));
  EXPECT_TRUE(isMapped(first));
  releaseSharedWeights(first);
  EXPECT_FALSE(isMapped(first));
}

TEST(SharedWeightsTest, NoCopyOfLittle) {
  static uint8_t weights[64];
  EXPECT_EQ(acquireSharedWeights(weights, sizeof(weights)), nullptr);
}

TEST(SharedWeightsTest, NoCopyWithoutMemory) {
  static uint8_t weights[64];
  EXPECT_EQ(acquireSharedWeights(weights, size_t(1) << 60), nullptr);
}

TEST(SharedWeightsTest, SessionsShareAndGiveBack) {
  if (!hasHugePages())
    GTEST_SKIP() << "this system has no huge pages to ask for";
  LargeModel large;
  Tensors tensors(hand_small);
  SessionPointer first = makeSession(large.model, copyingOptions());
  SessionPointer second = makeSession(large.model, copyingOptions());
  const void *copy = weightsOf(first.get());
  EXPECT_NE(copy, large.model.weights);
  EXPECT_EQ(weightsOf(second.get()), copy);
  expectRightRun(first.get(), tensors);
  first.reset();
  expectRightRun(second.get(), tensors);
  second.reset();
  EXPECT_FALSE(isMapped(copy));
}

TEST(SharedWeightsTest, InPlaceWithoutRequest) {
  LargeModel large;
  Tensors tensors(hand_small);
  SessionPointer session = makeSession(large.model);
  EXPECT_EQ(weightsOf(session.get()), large.model.weights);
  expectRightRun(session.get(), tensors);
}

TEST(SharedWeightsTest, TheCallersWeightsStayInPlace) {
  LargeModel large;
  mobileone_options options = copyingOptions();
  options.weights = large.model.weights;
  options.weights_bytes = large.model.weights_bytes;
  large.model.weights = nullptr;
  SessionPointer session = makeSession(large.model, options);
  EXPECT_EQ(weightsOf(session.get()), options.weights);
}

TEST(SharedWeightsTest, NothingIsCopiedIntoTheCallersMemory) {
  LargeModel large;
  alignas(64) static unsigned char memory[16384];
  mobileone_options options = copyingOptions();
  mobileone_session *session = nullptr;
  ASSERT_EQ(mobileone_session_create_in(&large.model, &options, memory,
                                        sizeof(memory), &session),
            MOBILEONE_OK);
  EXPECT_EQ(weightsOf(session), large.model.weights);
  mobileone_session_destroy(session);
}

TEST(SharedWeightsTest, SessionsMadeAtTheSameTime) {
  LargeModel large;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&large] {
      Tensors tensors(hand_small);
      for (int round = 0; round < 10; ++round) {
        SessionPointer session = makeSession(large.model, copyingOptions());
        expectRightRun(session.get(), tensors);
      }
    });
  for (std::thread &thread : threads)
    thread.join();
}

} // namespace
