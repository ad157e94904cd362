//===- CudaGraph.cpp - A run as one launch --------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// At a batch of 1 a network's kernels take microseconds, about as long as their
// launches. A graph launches them all at once, copies to and from the device
// included.
//
// Where the caller's tensors lie on the device, their addresses may differ from
// run to run. Kernels read and write them there, and the graph's nodes that do,
// usually two, get new arguments when the addresses have changed: that costs
// the host a microsecond then and nothing else, where copies into memory of the
// session's own would cost the device time in every run.
//
//===----------------------------------------------------------------------===//

#include "CudaLaunches.h"

#if MOBILEONE_HAS_CUDA

#include "Session.h"

using namespace mobileone::runtime;

namespace {

bool isOfCaller(const mobileone_operand &operand) {
  return operand.space == MOBILEONE_SPACE_INPUT ||
         operand.space == MOBILEONE_SPACE_OUTPUT;
}

/// Whether addresses of the caller are among the arguments of `launch`.
bool usesCallersTensors(const CudaLaunch &launch) {
  for (uint32_t i = 0; i < launch.launch->argument_count; ++i) {
    int32_t operand = launch.launch->arguments[i].operand;
    if (operand >= 0 && isOfCaller(launch.step->operands[operand]))
      return true;
  }
  return false;
}

/// The node that the stream, which is being captured, got last.
void findLastNode(CudaCalls &calls, CudaStream stream, CudaGraphNode &node) {
  int captureStatus;
  uint64_t id;
  CudaGraph graph;
  const CudaGraphNode *nodes = nullptr;
  size_t count = 0;
  calls(calls.driver.cuStreamGetCaptureInfo_v2, stream, &captureStatus, &id,
        &graph, &nodes, &count);
  if (calls.ok() && count != 1)
    calls.status = fail(calls.error, MOBILEONE_DRIVER_FAILED,
                        "cuStreamGetCaptureInfo_v2 has %u nodes after a "
                        "launch, not 1.",
                        unsigned(count));
  if (calls.ok())
    node = nodes[0];
}

void enqueueRun(mobileone_session &session, CudaCalls &calls,
                CudaStream stream) {
  CudaSession &cuda = session.cuda;
  enqueueInputs(session, calls, stream);
  for (uint32_t i = 0; i < cuda.launchCount; ++i) {
    CudaLaunch &launch = cuda.launches[i];
    enqueueLaunch(launch, calls, stream);
    if (session.options.device_pointers && usesCallersTensors(launch))
      findLastNode(calls, stream, launch.node);
  }
  enqueueOutputs(session, calls, stream);
}

/// Whether any address of `launch` differs from before; then the new ones are
/// among its values.
bool takeAddresses(const mobileone_session &session, CudaLaunch &launch) {
  bool isChanged = false;
  for (uint32_t i = 0; i < launch.launch->argument_count; ++i) {
    int32_t index = launch.launch->arguments[i].operand;
    if (index < 0 || !isOfCaller(launch.step->operands[index]))
      continue;
    CudaAddress address = deviceAddress(session, launch.step->operands[index]);
    isChanged |= launch.values[i] != address;
    launch.values[i] = address;
  }
  return isChanged;
}

/// Makes the next update see a change.
void forgetAddresses(CudaLaunch &launch) {
  for (uint32_t i = 0; i < launch.launch->argument_count; ++i) {
    int32_t index = launch.launch->arguments[i].operand;
    if (index >= 0 && isOfCaller(launch.step->operands[index]))
      launch.values[i] = 0;
  }
}

} // namespace

void mobileone::runtime::captureGraph(mobileone_session &session,
                                      CudaCalls &calls) {
  const CudaDriver &driver = calls.driver;
  CudaSession &cuda = session.cuda;
  if (!calls(driver.cuStreamBeginCapture_v2, cuda.captureStream,
             cudaCaptureThreadLocal))
    return;
  enqueueRun(session, calls, cuda.captureStream);
  // A capture must end, whatever went wrong within.
  if (calls.ok())
    calls(driver.cuStreamEndCapture, cuda.captureStream, &cuda.graph);
  else
    driver.cuStreamEndCapture(cuda.captureStream, &cuda.graph);
  calls(driver.cuGraphInstantiateWithFlags, &cuda.executable, cuda.graph, 0ull);
  calls(driver.cuGraphUpload, cuda.executable, cuda.captureStream);
  calls(driver.cuStreamSynchronize, cuda.captureStream);
}

void mobileone::runtime::updateAddresses(mobileone_session &session,
                                         CudaCalls &calls) {
  CudaSession &cuda = session.cuda;
  for (uint32_t i = 0; i < cuda.launchCount && calls.ok(); ++i) {
    CudaLaunch &launch = cuda.launches[i];
    if (!launch.node || !takeAddresses(session, launch))
      continue;
    const mobileone_launch &described = *launch.launch;
    CudaKernelParameters parameters = {
        launch.kernel,
        {described.grid[0], described.grid[1], described.grid[2]},
        {described.block[0], described.block[1], described.block[2]},
        described.shared_bytes,
        launch.arguments,
        nullptr};
    calls.kernel = described.entry;
    calls(calls.driver.cuGraphExecKernelNodeSetParams, cuda.executable,
          launch.node, &parameters);
    calls.kernel = nullptr;
    if (!calls.ok())
      forgetAddresses(launch);
  }
}

#endif // MOBILEONE_HAS_CUDA
