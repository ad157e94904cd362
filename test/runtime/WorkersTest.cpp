//===- WorkersTest.cpp - Tests of a session's threads ---------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/src/Workers.h"
#include "ModelFixture.h"

#include <atomic>
#include <csignal>
#include <cstring>
#include <ctime>
#include <gtest/gtest.h>
#include <thread>

using namespace mobileone::runtime;
using namespace mobileone::runtime::test;

namespace {

mobileone_options threadOptions(uint32_t threads, uint32_t spin) {
  mobileone_options options = mobileone_default_options();
  options.threads = threads;
  options.spin_microseconds = spin;
  return options;
}

TEST(TileRangeTest, HandsOutEveryTileOnce) {
  TileRange range;
  uint32_t tile = 99;
  EXPECT_FALSE(range.takeFirst(tile));
  range.fill(7, 3, 6);
  EXPECT_TRUE(range.takeLast(tile));
  EXPECT_EQ(tile, 5u);
  EXPECT_TRUE(range.takeFirst(tile));
  EXPECT_EQ(tile, 3u);
  EXPECT_TRUE(range.takeFirst(tile));
  EXPECT_EQ(tile, 4u);
  EXPECT_FALSE(range.takeFirst(tile));
  EXPECT_FALSE(range.takeLast(tile));
}

TEST(TileRangeTest, HoldsTheLargestCount) {
  TileRange range;
  range.fill(~0u, 0, MOBILEONE_MAX_TILES);
  uint32_t tile, count = 0;
  while (count % 2 ? range.takeFirst(tile) : range.takeLast(tile)) {
    EXPECT_EQ(tile,
              count % 2 ? count / 2 : MOBILEONE_MAX_TILES - 1 - count / 2);
    ++count;
  }
  EXPECT_EQ(count, uint32_t(MOBILEONE_MAX_TILES));
}

TEST(WorkersTest, SameBitsForAnyNumberOfThreads) {
  Tensors tensors(hand_tall);
  for (uint32_t threads : {1u, 2u, 3u, 4u, 7u, 16u}) {
    SessionPointer session = makeSession(hand_tall, threads);
    for (int run = 0; run < 5; ++run)
      expectRightRun(session.get(), tensors);
  }
}

TEST(WorkersTest, ThreadsThatSleepBetweenSteps) {
  // Without any spinning, every step wakes sleepers.
  SessionPointer session = makeSession(hand_tall, threadOptions(4, 0));
  Tensors tensors(hand_tall);
  for (int run = 0; run < 100; ++run)
    expectRightRun(session.get(), tensors);
}

/// Fractions instead of integers: any other order of summing shows.
TEST(WorkersTest, SameBitsForFractions) {
  Tensors tensors(hand_tall);
  for (size_t i = 0; i < tensors.image.size(); ++i)
    tensors.image[i] = 1.0f / float(i + 3);
  SessionPointer one = makeSession(hand_tall);
  ASSERT_EQ(mobileone_run(one.get(), tensors.inputs(), tensors.outputs()),
            MOBILEONE_OK);
  std::vector<float> map = tensors.map, logits = tensors.logits;
  for (uint32_t threads = 2; threads <= 5; ++threads) {
    SessionPointer session = makeSession(hand_tall, threads);
    tensors.clear();
    ASSERT_EQ(mobileone_run(session.get(), tensors.inputs(), tensors.outputs()),
              MOBILEONE_OK);
    EXPECT_EQ(memcmp(map.data(), tensors.map.data(), map.size() * 4), 0);
    EXPECT_EQ(memcmp(logits.data(), tensors.logits.data(), logits.size() * 4),
              0);
  }
}

TEST(WorkersTest, SessionsSideBySide) {
  std::vector<std::thread> threads;
  for (unsigned seed = 1; seed <= 3; ++seed)
    threads.emplace_back([=] {
      SessionPointer session = makeSession(hand_tall, 2);
      Tensors tensors(hand_tall, seed);
      for (int run = 0; run < 20; ++run)
        expectRightRun(session.get(), tensors);
    });
  for (std::thread &thread : threads)
    thread.join();
}

TEST(WorkersTest, ASessionMayMoveBetweenThreads) {
  SessionPointer session = makeSession(hand_tall, 2);
  Tensors tensors(hand_tall);
  for (int i = 0; i < 3; ++i)
    std::thread([&] { expectRightRun(session.get(), tensors); }).join();
}

TEST(WorkersTest, CreatingAndDestroyingWithoutRuns) {
  for (int i = 0; i < 50; ++i)
    makeSession(hand_small, 1 + i % 4);
}

double processSeconds() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

TEST(WorkersTest, IdleSessionsUseNoProcessor) {
  SessionPointer session = makeSession(hand_tall, 4);
  Tensors tensors(hand_tall);
  expectRightRun(session.get(), tensors);
  // Long enough for every thread to have spun its time and gone to sleep, even
  // where processors are few and busy.
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  double before = processSeconds();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_LT(processSeconds() - before, 0.003);
}

std::atomic<uint32_t> tilesInWorkers;
std::thread::id mainThread;

/// Fails in a worker that SIGTERM could reach, and waits in the main thread, so
/// that the workers get tiles as well.
int32_t checkSignalMask(void **) {
  if (std::this_thread::get_id() == mainThread) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return 0;
  }
  sigset_t blocked;
  pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  ++tilesInWorkers;
  return sigismember(&blocked, SIGTERM) ? 0 : 1;
}

TEST(WorkersTest, SignalsStayWithTheProgram) {
  EditableModel edited(hand_tall);
  edited.steps[0].kernel = checkSignalMask;
  mainThread = std::this_thread::get_id();
  tilesInWorkers = 0;
  SessionPointer session = makeSession(edited.model, 2);
  Tensors tensors(hand_tall);
  EXPECT_EQ(mobileone_run(session.get(), tensors.inputs(), tensors.outputs()),
            MOBILEONE_OK)
      << mobileone_last_error(session.get());
  EXPECT_GT(tilesInWorkers, 0u);
  sigset_t blocked;
  pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  EXPECT_FALSE(sigismember(&blocked, SIGTERM)) << "of the program itself";
}

} // namespace
