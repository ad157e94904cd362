//===- Workers.cpp - A session's threads ----------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Workers.h"
#include "FloatingPoint.h"
#include "Session.h"
#include "Spin.h"

#include <signal.h>

using namespace mobileone::runtime;

namespace {

uint64_t spinNanoseconds(const mobileone_session &session) {
  return uint64_t(session.options.spin_microseconds) * 1000;
}

} // namespace

mobileone_status Workers::start(mobileone_session &session, ErrorText &error) {
  steps.create();
  finishedTiles.create();
  // Signals are for the program's own threads.
  sigset_t all, previous;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &previous);
  int code = 0;
  for (uint32_t i = 1; i < session.options.threads && code == 0; ++i) {
    WorkerRecord &record = session.worker(i);
    record.session = &session;
    record.index = i;
    code = pthread_create(&record.thread, nullptr, threadMain, &record);
    if (code == 0)
      ++started;
  }
  pthread_sigmask(SIG_SETMASK, &previous, nullptr);
  if (code == 0)
    return MOBILEONE_OK;
  uint32_t failed = started + 1;
  stop(session);
  return fail(error, MOBILEONE_THREADS_FAILED,
              "Thread %u of %u could not be started: pthread_create returned "
              "%d.",
              failed, session.options.threads - 1, code);
}

void Workers::stop(mobileone_session &session) {
  isStopping = true;
  steps.add(1);
  steps.wake(started);
  for (uint32_t i = 1; i <= started; ++i)
    pthread_join(session.worker(i).thread, nullptr);
  finishedTiles.destroy();
  steps.destroy();
}

void *Workers::threadMain(void *argument) {
  WorkerRecord &record = *static_cast<WorkerRecord *>(argument);
  FloatingPointMode mode;
  record.session->workers.serve(*record.session, record.index);
  return nullptr;
}

void Workers::serve(mobileone_session &session, uint32_t index) {
  for (uint32_t seen = 0;;) {
    auto isNew = [&] { return steps.load() != seen; };
    if (!spinUntil(isNew, spinNanoseconds(session)))
      while (!isNew())
        steps.sleepWhile(seen);
    seen = steps.load();
    if (isStopping)
      return;
    takeTiles(session, index);
  }
}

bool Workers::takeTile(mobileone_session &session, uint32_t index,
                       uint32_t &tile) {
  if (session.worker(index).tiles.takeFirst(tile))
    return true;
  uint32_t threads = session.options.threads;
  for (uint32_t i = 1; i < threads; ++i)
    if (session.worker((index + i) % threads).tiles.takeLast(tile))
      return true;
  return false;
}

void Workers::takeTiles(mobileone_session &session, uint32_t index) {
  uint32_t tile;
  if (!takeTile(session, index, tile))
    return;
  // Tiles count as done only at the end, so all that this loop gets are of one
  // step.
  uint32_t count = currentStep->tile_count, done = 0;
  TileRunner runner(*currentStep, session.spaces(index));
  do {
    if (int32_t code = runner.run(tile))
      failure.store(code, std::memory_order_relaxed);
    ++done;
  } while (takeTile(session, index, tile));
  if (finishedTiles.add(done) == count)
    finishedTiles.wake(1);
}

int32_t Workers::run(mobileone_session &session, const mobileone_step &step) {
  uint32_t threads = session.options.threads;
  currentStep = &step;
  failure.store(0, std::memory_order_relaxed);
  finishedTiles.reset();
  uint32_t epoch = steps.load() + 1;
  for (uint32_t i = 0; i < threads; ++i)
    session.worker(i).tiles.fill(
        epoch, uint32_t(uint64_t(step.tile_count) * i / threads),
        uint32_t(uint64_t(step.tile_count) * (i + 1) / threads));
  steps.add(1);
  steps.wake(step.tile_count - 1);
  takeTiles(session, 0);

  auto isDone = [&] { return finishedTiles.load() == step.tile_count; };
  if (!spinUntil(isDone, spinNanoseconds(session)))
    for (uint32_t seen; (seen = finishedTiles.load()) != step.tile_count;)
      finishedTiles.sleepWhile(seen);
  return failure.load(std::memory_order_relaxed);
}
