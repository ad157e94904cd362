//===- Run.cpp - A run, step by step --------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FloatingPoint.h"
#include "ParallelFor.h"
#include "Session.h"

using namespace mobileone::runtime;

namespace {

/// Checks that the caller gave `count` tensors that hold what `tensors` say.
mobileone_status checkTensors(mobileone_session &session, const char *role,
                              const mobileone_tensor *tensors, uint32_t count,
                              const void *const *pointers) {
  if (count && !pointers)
    return fail(session.error, MOBILEONE_INVALID_ARGUMENT, "%ss is NULL.",
                role);
  for (uint32_t i = 0; i < count; ++i) {
    if (!pointers[i])
      return fail(session.error, MOBILEONE_INVALID_ARGUMENT,
                  "%s %u ('%s') is NULL.", role, i, tensors[i].name);
    if (reinterpret_cast<uintptr_t>(pointers[i]) % (tensors[i].type.bits / 8))
      return fail(session.error, MOBILEONE_INVALID_ARGUMENT,
                  "%s %u ('%s') is not aligned to its elements' %d bytes.",
                  role, i, tensors[i].name, tensors[i].type.bits / 8);
  }
  return MOBILEONE_OK;
}

mobileone_status checkArguments(mobileone_session &session,
                                const void *const *inputs,
                                void *const *outputs) {
  const mobileone_model &model = session.model;
  mobileone_status status =
      checkTensors(session, "Input", model.inputs, model.input_count, inputs);
  if (status != MOBILEONE_OK)
    return status;
  return checkTensors(session, "Output", model.outputs, model.output_count,
                      outputs);
}

int32_t runInThisThread(mobileone_session &session,
                        const mobileone_step &step) {
  TileRunner runner(step, session.spaces(0));
  int32_t code = 0;
  for (uint32_t tile = 0; tile < step.tile_count && code == 0; ++tile)
    code = runner.run(tile);
  return code;
}

mobileone_status runPass(mobileone_session &session) {
  for (uint32_t i = 0; i < session.program->step_count; ++i) {
    mobileone_status status = runStep(session, i);
    if (status != MOBILEONE_OK)
      return status;
    if (session.observer)
      session.observer(session.observerUser, &session, i);
  }
  return MOBILEONE_OK;
}

/// Runs the steps for all images.
mobileone_status runPasses(mobileone_session &session) {
  if constexpr (hasCuda)
    if (session.cuda.driver)
      return runOnCuda(session);
  uint32_t passes = session.model.batch / session.program->images;
  mobileone_status status = MOBILEONE_OK;
  for (uint32_t i = 0; i < passes && status == MOBILEONE_OK; ++i) {
    session.pass = i;
    status = runPass(session);
  }
  return status;
}

} // namespace

mobileone_status mobileone::runtime::failKernel(mobileone_session &session,
                                                uint32_t step, int32_t code) {
  const char *name = session.program->steps[step].name;
  return fail(session.error, MOBILEONE_KERNEL_FAILED,
              "Step %u (%s): its kernel returned %d.", step, name ? name : "",
              code);
}

mobileone_status mobileone::runtime::runStep(mobileone_session &session,
                                             uint32_t index) {
  const mobileone_step &step = session.program->steps[index];
  bool isShared = step.tile_count > 1;
  if (isShared && session.options.parallel_for)
    return runParallelFor(session, index);
  FloatingPointMode mode;
  int32_t code = isShared && session.options.threads > 1
                     ? session.workers.run(session, step)
                     : runInThisThread(session, step);
  return code ? failKernel(session, index, code) : MOBILEONE_OK;
}

mobileone_status mobileone_run(mobileone_session *session,
                               const void *const *inputs,
                               void *const *outputs) {
  if (!session)
    return fail(threadError(), MOBILEONE_INVALID_ARGUMENT,
                "The session is NULL.");
  if (session->isRunning)
    return fail(session->error, MOBILEONE_INVALID_ARGUMENT,
                "The session is in the middle of a run.");
  mobileone_status status = checkArguments(*session, inputs, outputs);
  if (status != MOBILEONE_OK)
    return status;
  session->inputs = inputs;
  session->outputs = outputs;
  session->isRunning = true;
  status = runPasses(*session);
  session->isRunning = false;
  session->inputs = nullptr;
  session->outputs = nullptr;
  return status;
}
