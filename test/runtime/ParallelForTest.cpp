//===- ParallelForTest.cpp - Tests of tiles on the caller's threads -------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelFixture.h"

#include <gtest/gtest.h>
#include <mutex>
#include <thread>

using namespace mobileone::runtime::test;

namespace {

/// Two threads that share the tasks, and a count of the calls.
struct Pool {
  uint32_t calls = 0;
};

void runOnPool(void *user, uint32_t count, mobileone_task task, void *context) {
  ++static_cast<Pool *>(user)->calls;
  auto work = [=](uint32_t worker) {
    for (uint32_t i = worker; i < count; i += 2)
      task(context, i, worker);
  };
  std::thread other(work, 1);
  work(0);
  other.join();
}

mobileone_options poolOptions(mobileone_parallel_for parallelFor, void *user,
                              uint32_t threads = 2) {
  mobileone_options options = mobileone_default_options();
  options.threads = threads;
  options.parallel_for = parallelFor;
  options.parallel_for_user = user;
  return options;
}

TEST(ParallelForTest, RunsTilesOnTheCallersThreads) {
  Pool pool;
  SessionPointer session =
      makeSession(hand_tall, poolOptions(runOnPool, &pool));
  Tensors tensors(hand_tall);
  expectRightRun(session.get(), tensors);
  // "classify" has one tile and is no business of the pool's.
  EXPECT_EQ(pool.calls, 3u);
  expectRightRun(session.get(), tensors);
}

TEST(ParallelForTest, RunsTilesOfEveryImage) {
  Pool pool;
  SessionPointer session =
      makeSession(hand_batch, poolOptions(runOnPool, &pool));
  Tensors tensors(hand_batch);
  expectRightRun(session.get(), tensors);
  EXPECT_EQ(pool.calls, 6u);
}

TEST(ParallelForTest, AnyOrderInOneThread) {
  auto backwards = [](void *, uint32_t count, mobileone_task task,
                      void *context) {
    while (count-- > 0)
      task(context, count, 0);
  };
  SessionPointer session =
      makeSession(hand_tall, poolOptions(backwards, nullptr, 1));
  Tensors tensors(hand_tall);
  expectRightRun(session.get(), tensors);
}

void expectMisuse(mobileone_parallel_for parallelFor, const char *message) {
  SessionPointer session =
      makeSession(hand_tall, poolOptions(parallelFor, nullptr));
  Tensors tensors(hand_tall);
  EXPECT_EQ(mobileone_run(session.get(), tensors.inputs(), tensors.outputs()),
            MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(session.get()), message);
}

TEST(ParallelForTest, ReportsMisuse) {
  expectMisuse(
      [](void *, uint32_t count, mobileone_task task, void *context) {
        for (uint32_t i = 0; i < count; ++i)
          task(context, i, i == 5 ? 2 : 0);
      },
      "options.parallel_for gave a task index 5 of 97 and worker 2 of 2.");
  expectMisuse(
      [](void *, uint32_t count, mobileone_task task, void *context) {
        for (uint32_t i = 0; i <= count; ++i)
          task(context, i, 0);
      },
      "options.parallel_for gave a task index 97 of 97 and worker 0 of 2.");
  expectMisuse(
      [](void *, uint32_t count, mobileone_task task, void *context) {
        for (uint32_t i = 1; i < count; ++i)
          task(context, i, 0);
      },
      "options.parallel_for returned after 96 of 97 tasks.");
}

TEST(ParallelForTest, KernelsThatFail) {
  EditableModel edited(hand_tall);
  edited.steps[2].kernel = [](void **) -> int32_t { return 8; };
  Pool pool;
  SessionPointer session =
      makeSession(edited.model, poolOptions(runOnPool, &pool));
  Tensors tensors(hand_tall);
  EXPECT_EQ(mobileone_run(session.get(), tensors.inputs(), tensors.outputs()),
            MOBILEONE_KERNEL_FAILED);
  EXPECT_STREQ(mobileone_last_error(session.get()),
               "Step 2 (sums): its kernel returned 8.");
}

} // namespace
