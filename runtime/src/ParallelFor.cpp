//===- ParallelFor.cpp - Tiles on the caller's threads --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ParallelFor.h"
#include "FloatingPoint.h"
#include "Session.h"

using namespace mobileone::runtime;

namespace {

/// One call of parallel_for. It does not end before all its tasks have.
struct Loop {
  mobileone_session &session;
  const mobileone_step &step;
  std::atomic<uint32_t> done{0};
  std::atomic<int32_t> failure{0};
  /// A call with numbers that are not in range, as index << 32 | worker.
  std::atomic<uint64_t> stray{0};
  std::atomic<bool> hasStray{false};
};

void runTask(void *context, uint32_t index, uint32_t worker) {
  Loop &loop = *static_cast<Loop *>(context);
  // Foreign scratch memory would be overwritten.
  if (index >= loop.step.tile_count || worker >= loop.session.options.threads) {
    loop.stray = (uint64_t(index) << 32) | worker;
    loop.hasStray = true;
    return;
  }
  FloatingPointMode mode;
  TileRunner runner(loop.step, loop.session.spaces(worker));
  if (int32_t code = runner.run(index))
    loop.failure = code;
  loop.done.fetch_add(1);
}

} // namespace

mobileone_status mobileone::runtime::runParallelFor(mobileone_session &session,
                                                    uint32_t index) {
  Loop loop{session, session.program->steps[index]};
  const mobileone_options &options = session.options;
  options.parallel_for(options.parallel_for_user, loop.step.tile_count, runTask,
                       &loop);
  if (loop.hasStray)
    return fail(session.error, MOBILEONE_INVALID_ARGUMENT,
                "options.parallel_for gave a task index %u of %u and worker %u "
                "of %u.",
                uint32_t(loop.stray >> 32), loop.step.tile_count,
                uint32_t(loop.stray), options.threads);
  if (loop.done != loop.step.tile_count)
    return fail(session.error, MOBILEONE_INVALID_ARGUMENT,
                "options.parallel_for returned after %u of %u tasks.",
                loop.done.load(), loop.step.tile_count);
  if (loop.failure)
    return failKernel(session, index, loop.failure);
  return MOBILEONE_OK;
}
