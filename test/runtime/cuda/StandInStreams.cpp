//===- StandInStreams.cpp - Streams, graphs, launches ---------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StandInState.h"

#include <algorithm>
#include <cstring>

using namespace mobileone::runtime;
using namespace mobileone::standin;

namespace {

/// A launch of `kernel` with copies of its arguments.
CudaResult makeLaunch(CudaKernel handle, const unsigned grid[3],
                      const unsigned block[3], unsigned sharedBytes,
                      void **arguments, Work &work) {
  auto *kernel = reinterpret_cast<Kernel *>(handle);
  for (int d = 0; d < 3; ++d) {
    work.grid[d] = grid[d];
    work.block[d] = block[d];
    if (!grid[d] || !block[d])
      return invalidValue;
  }
  if (uint64_t(block[0]) * block[1] * block[2] > 1024 ||
      sharedBytes > kernel->allowedSharedBytes)
    return invalidValue;
  work.kernel = kernel;
  work.sharedBytes = sharedBytes;
  size_t count = kernel->code ? kernel->code->argumentCount() : 0;
  for (size_t i = 0; i < count; ++i) {
    uint64_t value;
    std::memcpy(&value, arguments[i], sizeof(value));
    work.arguments.push_back(value);
  }
  return success;
}

} // namespace

extern "C" {
namespace mobileone::runtime {

CudaResult cuStreamCreate(CudaStream *stream, unsigned flags) {
  RETURN_IF_TOLD("cuStreamCreate");
  if (contextStack().empty())
    return invalidContext;
  if (flags > cudaStreamNonBlocking)
    return invalidValue;
  *stream =
      reinterpret_cast<CudaStream>(state().add(std::make_unique<Stream>()));
  return success;
}

CudaResult cuStreamDestroy_v2(CudaStream handle) {
  Call call("cuStreamDestroy_v2");
  Stream *stream = handle ? findStream(handle) : nullptr;
  if (!stream)
    return invalidHandle;
  drain(*stream);
  state().objects.erase(handle);
  return call.result;
}

CudaResult cuStreamSynchronize(CudaStream handle) {
  RETURN_IF_TOLD("cuStreamSynchronize");
  Stream *stream = findStream(handle);
  if (!stream)
    return invalidHandle;
  return stream->captured ? captureUnsupported : drain(*stream);
}

CudaResult cuStreamBeginCapture_v2(CudaStream handle, int mode) {
  RETURN_IF_TOLD("cuStreamBeginCapture_v2");
  Stream *stream = findStream(handle);
  if (!stream)
    return invalidHandle;
  if (!handle || stream->captured || mode != cudaCaptureThreadLocal)
    return captureUnsupported;
  stream->captured = std::make_unique<Graph>();
  ++captureCount();
  return success;
}

CudaResult cuStreamEndCapture(CudaStream handle, CudaGraph *graph) {
  Call call("cuStreamEndCapture");
  Stream *stream = findStream(handle);
  if (!stream || !stream->captured)
    return invalidHandle;
  --captureCount();
  std::unique_ptr<Graph> captured = std::move(stream->captured);
  *graph = nullptr;
  if (call.result)
    return call.result;
  *graph = reinterpret_cast<CudaGraph>(state().add(std::move(captured)));
  return success;
}

CudaResult cuStreamGetCaptureInfo_v2(CudaStream handle, int *status,
                                     uint64_t *id, CudaGraph *graph,
                                     const CudaGraphNode **nodes,
                                     size_t *count) {
  RETURN_IF_TOLD("cuStreamGetCaptureInfo_v2");
  static thread_local CudaGraphNode last;
  Stream *stream = findStream(handle);
  if (!stream)
    return invalidHandle;
  *status = stream->captured ? 1 : 0;
  *id = 1;
  *graph = reinterpret_cast<CudaGraph>(stream->captured.get());
  *count = 0;
  if (stream->captured && !stream->captured->nodes.empty()) {
    last =
        reinterpret_cast<CudaGraphNode>(stream->captured->nodes.back().get());
    *nodes = &last;
    *count = 1;
  }
  return success;
}

CudaResult cuGraphInstantiateWithFlags(CudaGraphExecutable *executable,
                                       CudaGraph handle,
                                       unsigned long long flags) {
  RETURN_IF_TOLD("cuGraphInstantiateWithFlags");
  Graph *graph = state().find<Graph>(handle);
  if (!graph || flags)
    return invalidValue;
  auto made = std::make_unique<Executable>();
  for (const std::unique_ptr<Node> &node : graph->nodes)
    made->work.push_back({node.get(), node->work});
  *executable =
      reinterpret_cast<CudaGraphExecutable>(state().add(std::move(made)));
  return success;
}

CudaResult cuGraphUpload(CudaGraphExecutable executable, CudaStream stream) {
  RETURN_IF_TOLD("cuGraphUpload");
  return state().find<Executable>(executable) && findStream(stream)
             ? success
             : invalidHandle;
}

CudaResult cuGraphLaunch(CudaGraphExecutable handle, CudaStream streamHandle) {
  RETURN_IF_TOLD("cuGraphLaunch");
  Executable *executable = state().find<Executable>(handle);
  Stream *stream = findStream(streamHandle);
  if (!executable || !stream)
    return invalidHandle;
  for (const auto &[node, work] : executable->work)
    enqueue(*stream, work);
  return success;
}

CudaResult
cuGraphExecKernelNodeSetParams(CudaGraphExecutable handle, CudaGraphNode node,
                               const CudaKernelParameters *parameters) {
  RETURN_IF_TOLD("cuGraphExecKernelNodeSetParams");
  Executable *executable = state().find<Executable>(handle);
  if (!executable)
    return invalidHandle;
  auto *wanted = reinterpret_cast<const Node *>(node);
  for (auto &[origin, work] : executable->work)
    if (origin == wanted && work.kernel) {
      Work made;
      CudaResult result =
          makeLaunch(parameters->kernel, parameters->grid, parameters->block,
                     parameters->sharedBytes, parameters->arguments, made);
      if (result == success)
        work = std::move(made);
      return result;
    }
  return invalidValue;
}

CudaResult cuGraphExecDestroy(CudaGraphExecutable executable) {
  Call call("cuGraphExecDestroy");
  if (!state().find<Executable>(executable))
    return invalidHandle;
  state().objects.erase(executable);
  return call.result;
}

CudaResult cuGraphDestroy(CudaGraph graph) {
  Call call("cuGraphDestroy");
  if (!state().find<Graph>(graph))
    return invalidHandle;
  state().objects.erase(graph);
  return call.result;
}

CudaResult cuLaunchKernel(CudaKernel kernel, unsigned gridX, unsigned gridY,
                          unsigned gridZ, unsigned blockX, unsigned blockY,
                          unsigned blockZ, unsigned sharedBytes,
                          CudaStream handle, void **arguments, void **) {
  RETURN_IF_TOLD("cuLaunchKernel");
  Stream *stream = findStream(handle);
  if (!stream)
    return invalidHandle;
  const unsigned grid[] = {gridX, gridY, gridZ};
  const unsigned block[] = {blockX, blockY, blockZ};
  Work work;
  CudaResult result =
      makeLaunch(kernel, grid, block, sharedBytes, arguments, work);
  if (result == success)
    enqueue(*stream, std::move(work));
  return result;
}

} // namespace mobileone::runtime
} // extern "C"
