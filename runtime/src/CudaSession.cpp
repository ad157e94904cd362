//===- CudaSession.cpp - A session on an NVIDIA GPU -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaSession.h"

#if MOBILEONE_HAS_CUDA

#include "CudaLaunches.h"
#include "CudaModel.h"
#include "Session.h"

using namespace mobileone::runtime;

static_assert(sizeof(CudaLaunch) <= MOBILEONE_LAUNCH_BYTES(1, 0) &&
                  sizeof(uint64_t) + sizeof(void *) <=
                      MOBILEONE_LAUNCH_BYTES(0, 1),
              "MOBILEONE_LAUNCH_BYTES is what programs set aside");

namespace {

void acquireContext(mobileone_session &session, CudaCalls &calls) {
  CudaSession &cuda = session.cuda;
  cuda.context = static_cast<CudaContext>(session.options.cuda_context);
  if (!cuda.context)
    cuda.isRetained = calls(calls.driver.cuDevicePrimaryCtxRetain,
                            &cuda.context, cuda.device);
}

/// Memory of the device and, for the caller's tensors, of the host.
void allocate(mobileone_session &session, CudaCalls &calls) {
  CudaSession &cuda = session.cuda;
  CudaLayout layout = layoutOf(session);
  bool isStaged = !session.options.device_pointers;
  uint64_t bytes = isStaged ? layout.end : layout.inputs;
  if (bytes)
    calls(calls.driver.cuMemAlloc_v2, &cuda.memory, size_t(bytes));
  if (isStaged && layout.end > layout.inputs)
    calls(calls.driver.cuMemAllocHost_v2,
          reinterpret_cast<void **>(&cuda.staging),
          size_t(layout.end - layout.inputs));
}

/// A stream of the session's own captures its launches, because the caller's
/// may be the default one, which cannot; it runs them too where the caller has
/// not said on which stream.
void makeStreams(mobileone_session &session, CudaCalls &calls) {
  CudaSession &cuda = session.cuda;
  const mobileone_options &options = session.options;
  calls(calls.driver.cuStreamCreate, &cuda.captureStream,
        cudaStreamNonBlocking);
  cuda.stream = options.cuda_stream || options.device_pointers
                    ? static_cast<CudaStream>(options.cuda_stream)
                    : cuda.captureStream;
}

/// Everything that is made in the context.
void open(mobileone_session &session, const CudaChoice &choice,
          CudaCalls &calls) {
  CudaSession &cuda = session.cuda;
  acquireContext(session, calls);
  CurrentContext current(calls, cuda.context);
  if (calls.ok())
    cuda.model = acquireCudaModel(calls, cuda.context, choice.code,
                                  session.weights, session.model.weights_bytes);
  allocate(session, calls);
  makeStreams(session, calls);
  if (!calls.ok())
    return;
  prepareLaunches(session, calls);
  captureGraph(session, calls);
}

} // namespace

uint64_t mobileone::runtime::launchBytes(const mobileone_program &program) {
  uint64_t launches = 0, arguments = 0;
  for (uint32_t i = 0; i < program.step_count; ++i) {
    const mobileone_step &step = program.steps[i];
    launches += step.launch_count;
    for (uint32_t k = 0; k < step.launch_count; ++k)
      arguments += step.launches[k].argument_count;
  }
  uint64_t bytes = MOBILEONE_LAUNCH_BYTES(launches, arguments);
  return (bytes + MOBILEONE_ALIGNMENT - 1) / MOBILEONE_ALIGNMENT *
         MOBILEONE_ALIGNMENT;
}

mobileone_status mobileone::runtime::openCuda(mobileone_session &session,
                                              const CudaChoice &choice,
                                              ErrorText &error) {
  CudaSession &cuda = session.cuda;
  cuda.driver = loadCudaDriver(error);
  if (!cuda.driver)
    return MOBILEONE_NO_DEVICE;
  cuda.device = choice.device;
  CudaCalls calls(*cuda.driver, error);
  calls(cuda.driver->cuDeviceGetName, cuda.deviceName,
        int(sizeof(cuda.deviceName)), cuda.device);
  if (calls.ok())
    open(session, choice, calls);
  if (!calls.ok())
    closeCuda(session);
  return calls.status;
}

void mobileone::runtime::closeCuda(mobileone_session &session) {
  CudaSession &cuda = session.cuda;
  if (!cuda.driver)
    return;
  const CudaDriver &driver = *cuda.driver;
  // Errors have no one to tell: every call is made, whatever the others said.
  // Any call may report what an earlier launch did wrong, so the second says
  // whether the context is still there.
  bool isCurrent = cuda.context &&
                   (driver.cuCtxPushCurrent_v2(cuda.context) == cudaSuccess ||
                    driver.cuCtxPushCurrent_v2(cuda.context) == cudaSuccess);
  // The caller may not have waited for the last run.
  if (cuda.executable)
    driver.cuStreamSynchronize(cuda.stream);
  if (cuda.executable)
    driver.cuGraphExecDestroy(cuda.executable);
  if (cuda.graph)
    driver.cuGraphDestroy(cuda.graph);
  if (cuda.captureStream)
    driver.cuStreamDestroy_v2(cuda.captureStream);
  if (cuda.memory)
    driver.cuMemFree_v2(cuda.memory);
  if (cuda.staging)
    driver.cuMemFreeHost(cuda.staging);
  if (cuda.model)
    releaseCudaModel(driver, cuda.model);
  CudaContext previous;
  if (isCurrent)
    driver.cuCtxPopCurrent_v2(&previous);
  if (cuda.isRetained)
    driver.cuDevicePrimaryCtxRelease_v2(cuda.device);
  releaseMemory(cuda.mirror);
  cuda = CudaSession();
}

#endif // MOBILEONE_HAS_CUDA
