//===- Workers.h - A session's threads --------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How a step's tiles get to the threads. Each thread has a range of tiles; it
// takes them from the front of its own and, when that is empty, from the end of
// others'. The ranges are cut in the same proportions in every step, so a
// thread mostly reads rows that it wrote itself. A step is over when all its
// tiles are done, whoever did them: a thread that sleeps, or whose core is
// busy with something else, holds nobody up.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_WORKERS_H
#define MOBILEONE_RUNTIME_WORKERS_H

#include "Error.h"
#include "Gate.h"

#include <pthread.h>

namespace mobileone::runtime {

/// Tiles that nobody has taken yet, in one word so that taking one is one
/// atomic operation.
class TileRange {
public:
  /// Sets the range to [begin, end). `epoch` is another one for every step, so
  /// that a thread that has looked at an older range cannot take from this one
  /// unknowingly.
  void fill(uint32_t epoch, uint32_t begin, uint32_t end) {
    word.store((uint64_t(epoch) << 32) | (uint64_t(begin) << 16) | end,
               std::memory_order_release);
  }
  bool takeFirst(uint32_t &tile) { return take(tile, true); }
  bool takeLast(uint32_t &tile) { return take(tile, false); }

private:
  bool take(uint32_t &tile, bool first) {
    uint64_t seen = word.load(std::memory_order_acquire);
    for (;;) {
      uint32_t begin = uint32_t(seen >> 16) & 0xffff;
      uint32_t end = uint32_t(seen) & 0xffff;
      if (begin >= end)
        return false;
      tile = first ? begin : end - 1;
      uint64_t rest = first ? seen + (1u << 16) : seen - 1;
      if (word.compare_exchange_weak(seen, rest, std::memory_order_acq_rel,
                                     std::memory_order_acquire))
        return true;
    }
  }

  std::atomic<uint64_t> word{0};
};
static_assert(MOBILEONE_MAX_TILES == 0xffff, "a range has 16 bits per end");

/// What belongs to one thread. Two cache lines, because processors fetch lines
/// in pairs.
struct alignas(MOBILEONE_ALIGNMENT) WorkerRecord {
  TileRange tiles;
  mobileone_session *session;
  uint32_t index;
  pthread_t thread;
  uint8_t unused[128 - 32];
};
static_assert(sizeof(WorkerRecord) == 128,
              "MOBILEONE_SESSION_BYTES counts 128 bytes per thread");

/// What the threads of a session share. Thread 0 is the one that calls
/// mobileone_run; the others are started by `start`.
class Workers {
public:
  mobileone_status start(mobileone_session &session, ErrorText &error);
  /// Ends the threads that `start` has started.
  void stop(mobileone_session &session);

  /// Runs all tiles of `step`, which are at least 2; returns the code of a
  /// kernel that failed, or 0.
  int32_t run(mobileone_session &session, const mobileone_step &step);

private:
  static void *threadMain(void *record);
  void serve(mobileone_session &session, uint32_t index);
  void takeTiles(mobileone_session &session, uint32_t index);
  bool takeTile(mobileone_session &session, uint32_t index, uint32_t &tile);

  uint32_t started = 0;
  std::atomic<bool> isStopping{false};
  /// Of the current step. Whoever holds a tile may read it: the step does not
  /// end before that tile is done.
  const mobileone_step *currentStep = nullptr;
  std::atomic<int32_t> failure{0};
  /// Counts the steps handed out: what waiting threads look at.
  alignas(MOBILEONE_ALIGNMENT) Gate steps;
  /// Counts the tiles of the current step that are done.
  alignas(MOBILEONE_ALIGNMENT) Gate finishedTiles;
};

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_WORKERS_H
