//===- StandInMemory.cpp - Memory and copies ------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StandInState.h"

#include <cstring>

using namespace mobileone::runtime;
using namespace mobileone::standin;

namespace {

CudaResult allocate(size_t bytes, bool isHost, void **address) {
  if (CudaResult problem = checkContext())
    return problem;
  if (!bytes)
    return invalidValue;
  auto memory = std::make_unique<Memory>();
  memory->address = allocateShared(bytes);
  memory->bytes = bytes;
  memory->isHost = isHost;
  if (!memory->address)
    return outOfMemory;
  // What is not written shows.
  std::memset(memory->address, 0xa5, bytes);
  *address = state().add(std::move(memory))->address;
  return success;
}

CudaResult release(void *address, bool isHost) {
  if (contextStack().empty())
    return invalidContext;
  drainContext();
  auto &objects = state().objects;
  for (auto it = objects.begin(); it != objects.end(); ++it) {
    auto *memory = dynamic_cast<Memory *>(it->second.get());
    if (!memory || memory->address != address || memory->isHost != isHost)
      continue;
    objects.erase(it);
    return success;
  }
  return invalidValue;
}

/// Whether device memory of the current context has `bytes` at `address`.
bool isOnDevice(CudaAddress address, size_t bytes) {
  for (const auto &[handle, object] : state().objects) {
    auto *memory = dynamic_cast<Memory *>(object.get());
    if (!memory || memory->isHost || memory->context != contextStack().back())
      continue;
    auto begin = CudaAddress(memory->address);
    if (address >= begin && address + bytes <= begin + memory->bytes)
      return true;
  }
  return false;
}

} // namespace

extern "C" {
namespace mobileone::runtime {

CudaResult cuMemAlloc_v2(CudaAddress *address, size_t bytes) {
  RETURN_IF_TOLD("cuMemAlloc_v2");
  return allocate(bytes, false, reinterpret_cast<void **>(address));
}

CudaResult cuMemFree_v2(CudaAddress address) {
  Call call("cuMemFree_v2");
  CudaResult result = release(reinterpret_cast<void *>(address), false);
  return result ? result : call.result;
}

CudaResult cuMemAllocHost_v2(void **address, size_t bytes) {
  RETURN_IF_TOLD("cuMemAllocHost_v2");
  return allocate(bytes, true, address);
}

CudaResult cuMemFreeHost(void *address) {
  Call call("cuMemFreeHost");
  CudaResult result = release(address, true);
  return result ? result : call.result;
}

CudaResult cuMemcpyHtoD_v2(CudaAddress to, const void *from, size_t bytes) {
  RETURN_IF_TOLD("cuMemcpyHtoD_v2");
  if (CudaResult problem = checkContext())
    return problem;
  if (!isOnDevice(to, bytes))
    return invalidValue;
  std::memcpy(reinterpret_cast<void *>(to), from, bytes);
  return success;
}

CudaResult cuMemcpyDtoH_v2(void *to, CudaAddress from, size_t bytes) {
  RETURN_IF_TOLD("cuMemcpyDtoH_v2");
  if (CudaResult problem = checkContext())
    return problem;
  if (!isOnDevice(from, bytes))
    return invalidValue;
  std::memcpy(to, reinterpret_cast<const void *>(from), bytes);
  return success;
}

CudaResult cuMemcpyHtoDAsync_v2(CudaAddress to, const void *from, size_t bytes,
                                CudaStream handle) {
  RETURN_IF_TOLD("cuMemcpyHtoDAsync_v2");
  Stream *stream = findStream(handle);
  if (!stream || !isOnDevice(to, bytes))
    return invalidValue;
  Work work;
  work.to = reinterpret_cast<void *>(to);
  work.from = from;
  work.bytes = bytes;
  enqueue(*stream, std::move(work));
  return success;
}

CudaResult cuMemcpyDtoHAsync_v2(void *to, CudaAddress from, size_t bytes,
                                CudaStream handle) {
  RETURN_IF_TOLD("cuMemcpyDtoHAsync_v2");
  Stream *stream = findStream(handle);
  if (!stream || !isOnDevice(from, bytes))
    return invalidValue;
  Work work;
  work.to = to;
  work.from = reinterpret_cast<const void *>(from);
  work.bytes = bytes;
  enqueue(*stream, std::move(work));
  return success;
}

} // namespace mobileone::runtime
} // extern "C"
