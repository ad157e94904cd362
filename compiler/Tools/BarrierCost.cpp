//===- BarrierCost.cpp - What sharing a step costs ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/BarrierCost.h"

#include "runtime/include/mobileone/runtime.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

using namespace mobileone;
using Clock = std::chrono::steady_clock;

/// Tiles that have begun since the program started, and tiles per step.
static std::atomic<uint64_t> begun{0};
static uint64_t tilesPerStep = 1;

/// Returns when all tiles of the step have begun, so that every thread takes
/// one: a thread alone would take them all before the others look.
static int32_t waitForAll(void **) {
  uint64_t end = (begun.fetch_add(1) / tilesPerStep + 1) * tilesPerStep;
  for (int spins = 0; begun.load() < end; ++spins)
    if (spins > 1000) // More threads than processors.
      std::this_thread::yield();
  return 0;
}

/// The best time of a run, in microseconds.
static double timeRun(mobileone_session *session) {
  using Microseconds = std::chrono::duration<double, std::micro>;
  double best = 1e9, total = 0;
  while (total < 1e5) {
    Clock::time_point start = Clock::now();
    mobileone_run(session, nullptr, nullptr);
    double time = Microseconds(Clock::now() - start).count();
    best = std::min(best, time);
    total += time;
  }
  return best;
}

std::optional<double> mobileone::measureBarrier(unsigned threads,
                                                DiagnosticList &diagnostics) {
  constexpr uint32_t count = 100;
  mobileone_step step = {};
  step.name = "barrier";
  step.kernel = waitForAll;
  step.tile_count = threads;
  std::vector<mobileone_step> steps(count, step);
  mobileone_program program = {};
  program.target = "any";
  program.steps = steps.data();
  program.step_count = count;
  program.images = 1;
  mobileone_model model = {};
  model.abi_version = MOBILEONE_ABI_VERSION;
  model.struct_bytes = sizeof(model);
  model.name = "barriers";
  model.programs = &program;
  model.program_count = 1;
  model.batch = 1;

  mobileone_options options = mobileone_default_options();
  options.threads = threads;
  tilesPerStep = threads;
  begun = 0;
  mobileone_session *created = nullptr;
  if (mobileone_session_create(&model, &options, &created) != MOBILEONE_OK) {
    diagnostics.error(ErrorKind::Internal, "barriers",
                      mobileone_last_error(nullptr));
    return std::nullopt;
  }
  std::unique_ptr<mobileone_session, decltype(&mobileone_session_destroy)>
      session(created, mobileone_session_destroy);
  return timeRun(session.get()) / count;
}
