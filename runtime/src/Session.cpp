//===- Session.cpp - Making, looking at and ending sessions ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"
#include "SharedWeights.h"

#include <new>
#include <string.h>

using namespace mobileone::runtime;

static_assert(sizeof(mobileone_session) <= 2048,
              "MOBILEONE_SESSION_BYTES counts 2048 bytes for the session");

namespace {

mobileone_status createIn(const Configuration &configuration, void *memory,
                          SystemMemory ownMemory,
                          mobileone_session **outSession) {
  const mobileone_program &program = *configuration.program;
  uint32_t threads = configuration.options.threads;
  auto *session =
      new (static_cast<uint8_t *>(memory) + configuration.memoryBytes - 2048)
          mobileone_session();
  session->model = *configuration.model;
  session->program = &program;
  session->options = configuration.options;
  session->weights = configuration.weights;
  session->memory = static_cast<uint8_t *>(memory);
  session->ownMemory = ownMemory;
  if constexpr (hasCuda)
    if (isForGpu(program)) {
      mobileone_status status =
          openCuda(*session, configuration.cuda, threadError());
      if (status == MOBILEONE_OK)
        *outSession = session;
      return status;
    }
  for (uint32_t i = 0; i < threads; ++i)
    new (&session->worker(i)) WorkerRecord();
  if (threads > 1 && !session->options.parallel_for) {
    mobileone_status status = session->workers.start(*session, threadError());
    if (status != MOBILEONE_OK)
      return status;
  }
  *outSession = session;
  return MOBILEONE_OK;
}

void shareWeights(mobileone_session &session) {
  session.sharedWeights = acquireSharedWeights(
      session.weights, size_t(session.model.weights_bytes));
  if (session.sharedWeights)
    session.weights = session.sharedWeights;
}

mobileone_status checkOut(const void *pointer, const char *name) {
  if (pointer)
    return MOBILEONE_OK;
  return fail(threadError(), MOBILEONE_INVALID_ARGUMENT, "%s is NULL.", name);
}

} // namespace

mobileone_status mobileone_session_memory(const mobileone_model *model,
                                          const mobileone_options *options,
                                          size_t *outAlignment,
                                          size_t *outBytes) {
  mobileone_status status = checkOut(outAlignment, "out_alignment");
  if (status == MOBILEONE_OK)
    status = checkOut(outBytes, "out_bytes");
  Configuration configuration;
  if (status == MOBILEONE_OK)
    status = configure(model, options, configuration, threadError());
  if (status != MOBILEONE_OK)
    return status;
  *outAlignment = MOBILEONE_ALIGNMENT;
  *outBytes = size_t(configuration.memoryBytes);
  return MOBILEONE_OK;
}

mobileone_status mobileone_session_create_in(const mobileone_model *model,
                                             const mobileone_options *options,
                                             void *memory, size_t bytes,
                                             mobileone_session **outSession) {
  mobileone_status status = checkOut(outSession, "out_session");
  if (status == MOBILEONE_OK)
    status = checkOut(memory, "memory");
  Configuration configuration;
  if (status == MOBILEONE_OK)
    status = configure(model, options, configuration, threadError());
  if (status != MOBILEONE_OK)
    return status;
  if (uintptr_t(memory) % MOBILEONE_ALIGNMENT)
    return fail(threadError(), MOBILEONE_INVALID_ARGUMENT,
                "memory is not aligned to %d bytes.", MOBILEONE_ALIGNMENT);
  if (bytes < configuration.memoryBytes)
    return fail(threadError(), MOBILEONE_INVALID_ARGUMENT,
                "memory has %llu bytes; the session needs %llu.",
                static_cast<unsigned long long>(bytes),
                static_cast<unsigned long long>(configuration.memoryBytes));
  return createIn(configuration, memory, {nullptr, 0}, outSession);
}

mobileone_status mobileone_session_create(const mobileone_model *model,
                                          const mobileone_options *options,
                                          mobileone_session **outSession) {
  mobileone_status status = checkOut(outSession, "out_session");
  Configuration configuration;
  if (status == MOBILEONE_OK)
    status = configure(model, options, configuration, threadError());
  if (status != MOBILEONE_OK)
    return status;
  SystemMemory memory = reserveMemory(size_t(configuration.memoryBytes));
  if (!memory.address)
    return fail(threadError(), MOBILEONE_OUT_OF_MEMORY,
                "The system has no %llu bytes for a session.",
                static_cast<unsigned long long>(configuration.memoryBytes));
  status = createIn(configuration, memory.address, memory, outSession);
  if (status != MOBILEONE_OK) {
    releaseMemory(memory);
    return status;
  }
  if (model->weights && configuration.options.weights_in_huge_pages &&
      !isForGpu(*configuration.program))
    shareWeights(**outSession);
  return MOBILEONE_OK;
}

void mobileone_session_destroy(mobileone_session *session) {
  if (!session)
    return;
  if (session->options.threads > 1 && !session->options.parallel_for &&
      !isForGpu(*session->program))
    session->workers.stop(*session);
  if constexpr (hasCuda)
    closeCuda(*session);
  if (session->sharedWeights)
    releaseSharedWeights(session->sharedWeights);
  releaseMemory(session->ownMemory);
}

void mobileone_session_observe(mobileone_session *session,
                               mobileone_observer observer, void *user) {
  session->observer = observer;
  session->observerUser = user;
  if constexpr (hasCuda)
    if (observer && session->cuda.driver)
      makeMirror(*session);
}

const char *mobileone_session_device(const mobileone_session *session) {
  return session->cuda.deviceName;
}

const mobileone_program *
mobileone_session_program(const mobileone_session *session) {
  return session->program;
}

mobileone_status mobileone_session_buffer(mobileone_session *session,
                                          uint32_t step, uint32_t operand,
                                          mobileone_dimension *dimensions,
                                          mobileone_buffer *outBuffer) {
  const mobileone_program &program = *session->program;
  if (step >= program.step_count ||
      operand >= program.steps[step].operand_count)
    return fail(session->error, MOBILEONE_INVALID_ARGUMENT,
                "There is no operand %u of step %u.", operand, step);
  const mobileone_operand &described = program.steps[step].operands[operand];
  if (described.space == MOBILEONE_SPACE_SCRATCH)
    return fail(session->error, MOBILEONE_INVALID_ARGUMENT,
                "Operand %u of step %u lies in scratch memory, which never "
                "holds it whole.",
                operand, step);
  bool isCallers = described.space == MOBILEONE_SPACE_INPUT ||
                   described.space == MOBILEONE_SPACE_OUTPUT;
  if (isCallers && !session->isRunning)
    return fail(session->error, MOBILEONE_INVALID_ARGUMENT,
                "Operand %u of step %u is the caller's and known only during "
                "a run.",
                operand, step);
  uint8_t *address = nullptr;
  if constexpr (hasCuda)
    if (session->cuda.driver) {
      mobileone_status status = readFromCuda(*session, described, &address);
      if (status != MOBILEONE_OK)
        return status;
    }
  if (!address)
    address = operandAddress(session->spaces(0), described);
  describeOperand(described, address, dimensions, *outBuffer);
  return MOBILEONE_OK;
}
