//===- CudaRun.cpp - Running a model on an NVIDIA GPU ---------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaLaunches.h"

#if MOBILEONE_HAS_CUDA

#include "Session.h"

#include <string.h>

using namespace mobileone::runtime;

namespace {

/// The caller's inputs go to the device by way of page-locked memory, which it
/// reads at full speed.
void stageInputs(mobileone_session &session) {
  for (uint32_t i = 0; i < session.model.input_count; ++i)
    memcpy(stagedAt(session, inputOffset(session, i)), session.inputs[i],
           size_t(session.model.inputs[i].bytes));
}

void unstageOutputs(const mobileone_session &session) {
  for (uint32_t i = 0; i < session.model.output_count; ++i)
    memcpy(session.outputs[i], stagedAt(session, outputOffset(session, i)),
           size_t(session.model.outputs[i].bytes));
}

/// Launch by launch, so that the observer can look at each step's results.
void runObserved(mobileone_session &session, CudaCalls &calls) {
  CudaSession &cuda = session.cuda;
  enqueueInputs(session, calls, cuda.stream);
  CudaLaunch *launch = cuda.launches;
  for (uint32_t i = 0; i < session.program->step_count; ++i) {
    const mobileone_step &step = session.program->steps[i];
    for (uint32_t k = 0; k < step.launch_count; ++k)
      enqueueLaunch(*launch++, calls, cuda.stream);
    // What launches do wrong comes out here.
    calls.kernel = step.launches[0].entry;
    if (!calls(calls.driver.cuStreamSynchronize, cuda.stream))
      return;
    calls.kernel = nullptr;
    if (session.observer)
      session.observer(session.observerUser, &session, i);
  }
  enqueueOutputs(session, calls, cuda.stream);
}

/// The part of the device's memory that `operand`, all images of it, covers.
uint64_t bytesOf(const mobileone_program &program,
                 const mobileone_operand &operand) {
  uint64_t last = (program.images - 1) * operand.image_stride;
  for (const mobileone_dimension &dimension : operand.dim)
    last += uint64_t(dimension.extent - 1) * uint64_t(dimension.stride);
  return (last + 1) * (operand.type.bits / 8);
}

/// Where `operand` begins in the mirror.
uint64_t mirrorOffset(const mobileone_session &session,
                      const mobileone_operand &operand) {
  switch (operand.space) {
  case MOBILEONE_SPACE_INPUT:
    return inputOffset(session, operand.index) + operand.offset;
  case MOBILEONE_SPACE_OUTPUT:
    return outputOffset(session, operand.index) + operand.offset;
  }
  return operand.offset;
}

} // namespace

mobileone_status mobileone::runtime::runOnCuda(mobileone_session &session) {
  CudaSession &cuda = session.cuda;
  CudaCalls calls(*cuda.driver, session.error);
  bool isStaged = !session.options.device_pointers;
  if (session.observer && !cuda.mirror.address)
    return fail(session.error, MOBILEONE_OUT_OF_MEMORY,
                "The system has no %llu bytes for what is observed.",
                static_cast<unsigned long long>(layoutOf(session).end));
  CurrentContext current(calls, cuda.context);
  if (isStaged)
    stageInputs(session);
  else
    updateAddresses(session, calls);
  if (session.observer)
    runObserved(session, calls);
  else
    calls(calls.driver.cuGraphLaunch, cuda.executable, cuda.stream);
  if (isStaged && calls(calls.driver.cuStreamSynchronize, cuda.stream))
    unstageOutputs(session);
  current.leave();
  return calls.status;
}

void mobileone::runtime::makeMirror(mobileone_session &session) {
  CudaSession &cuda = session.cuda;
  if (!cuda.mirror.address)
    cuda.mirror = reserveMemory(size_t(layoutOf(session).end));
}

mobileone_status
mobileone::runtime::readFromCuda(mobileone_session &session,
                                 const mobileone_operand &operand,
                                 uint8_t **outAddress) {
  CudaSession &cuda = session.cuda;
  if (operand.space == MOBILEONE_SPACE_WEIGHTS) {
    *outAddress = const_cast<uint8_t *>(session.weights) + operand.offset;
    return MOBILEONE_OK;
  }
  if (!session.isRunning || !session.observer)
    return fail(session.error, MOBILEONE_INVALID_ARGUMENT,
                "What lies on a GPU is known only to an observer, during a "
                "run.");
  CudaCalls calls(*cuda.driver, session.error);
  CurrentContext current(calls, cuda.context);
  auto *mirror = static_cast<uint8_t *>(cuda.mirror.address);
  *outAddress = mirror + mirrorOffset(session, operand);
  calls(calls.driver.cuMemcpyDtoH_v2, *outAddress,
        deviceAddress(session, operand),
        size_t(bytesOf(*session.program, operand)));
  current.leave();
  return calls.status;
}

#endif // MOBILEONE_HAS_CUDA
