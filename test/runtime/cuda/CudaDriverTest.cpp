//===- CudaDriverTest.cpp - Tests that declarations are CUDA's ----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime declares NVIDIA's driver itself. Where CUDA's headers are
// installed, this compares both.
//
//===----------------------------------------------------------------------===//

#include "runtime/src/CudaDriver.h"

#include <cstddef>
#include <cuda.h>
#include <cudaTypedefs.h>
#include <gtest/gtest.h>
#include <type_traits>

// A macro that would rename the runtime's field.
#undef cuGraphExecKernelNodeSetParams

using namespace mobileone::runtime;

namespace {

/// Whether values of both types are passed alike.
template <typename Ours, typename Theirs>
constexpr bool passAlike =
    std::is_pointer_v<Ours> == std::is_pointer_v<Theirs> &&
    sizeof(Ours) == sizeof(Theirs);

template <typename Ours, typename Theirs> struct AreAlike;
template <typename... Ours, typename... Theirs>
struct AreAlike<CudaFunction<Ours...>, CUresult (*)(Theirs...)> {
  static constexpr bool compare() {
    if constexpr (sizeof...(Ours) == sizeof...(Theirs))
      return (passAlike<Ours, Theirs> && ...);
    else
      return false;
  }
};

// CUDA's types of functions end with the version that brought them.
#define SAME_FUNCTION(name, type)                                              \
  static_assert(AreAlike<decltype(CudaDriver::name), PFN_##type>::compare(),   \
                #name)
SAME_FUNCTION(cuGetErrorName, cuGetErrorName_v6000);
SAME_FUNCTION(cuGetErrorString, cuGetErrorString_v6000);
SAME_FUNCTION(cuInit, cuInit_v2000);
SAME_FUNCTION(cuDriverGetVersion, cuDriverGetVersion_v2020);
SAME_FUNCTION(cuDeviceGetCount, cuDeviceGetCount_v2000);
SAME_FUNCTION(cuDeviceGet, cuDeviceGet_v2000);
SAME_FUNCTION(cuDeviceGetName, cuDeviceGetName_v2000);
SAME_FUNCTION(cuDeviceGetAttribute, cuDeviceGetAttribute_v2000);
SAME_FUNCTION(cuDevicePrimaryCtxRetain, cuDevicePrimaryCtxRetain_v7000);
SAME_FUNCTION(cuDevicePrimaryCtxRelease_v2, cuDevicePrimaryCtxRelease_v11000);
SAME_FUNCTION(cuCtxPushCurrent_v2, cuCtxPushCurrent_v4000);
SAME_FUNCTION(cuCtxPopCurrent_v2, cuCtxPopCurrent_v4000);
SAME_FUNCTION(cuCtxGetDevice, cuCtxGetDevice_v2000);
SAME_FUNCTION(cuModuleLoadDataEx, cuModuleLoadDataEx_v2010);
SAME_FUNCTION(cuModuleUnload, cuModuleUnload_v2000);
SAME_FUNCTION(cuModuleGetFunction, cuModuleGetFunction_v2000);
SAME_FUNCTION(cuFuncGetAttribute, cuFuncGetAttribute_v2020);
SAME_FUNCTION(cuFuncSetAttribute, cuFuncSetAttribute_v9000);
SAME_FUNCTION(cuMemAlloc_v2, cuMemAlloc_v3020);
SAME_FUNCTION(cuMemFree_v2, cuMemFree_v3020);
SAME_FUNCTION(cuMemAllocHost_v2, cuMemAllocHost_v3020);
SAME_FUNCTION(cuMemFreeHost, cuMemFreeHost_v2000);
SAME_FUNCTION(cuMemcpyHtoD_v2, cuMemcpyHtoD_v3020);
SAME_FUNCTION(cuMemcpyDtoH_v2, cuMemcpyDtoH_v3020);
SAME_FUNCTION(cuMemcpyHtoDAsync_v2, cuMemcpyHtoDAsync_v3020);
SAME_FUNCTION(cuMemcpyDtoHAsync_v2, cuMemcpyDtoHAsync_v3020);
SAME_FUNCTION(cuStreamCreate, cuStreamCreate_v2000);
SAME_FUNCTION(cuStreamDestroy_v2, cuStreamDestroy_v4000);
SAME_FUNCTION(cuStreamSynchronize, cuStreamSynchronize_v2000);
SAME_FUNCTION(cuStreamBeginCapture_v2, cuStreamBeginCapture_v10010);
SAME_FUNCTION(cuStreamEndCapture, cuStreamEndCapture_v10000);
SAME_FUNCTION(cuStreamGetCaptureInfo_v2, cuStreamGetCaptureInfo_v11030);
SAME_FUNCTION(cuGraphInstantiateWithFlags, cuGraphInstantiateWithFlags_v11040);
SAME_FUNCTION(cuGraphUpload, cuGraphUpload_v11010);
SAME_FUNCTION(cuGraphLaunch, cuGraphLaunch_v10000);
SAME_FUNCTION(cuGraphExecKernelNodeSetParams,
              cuGraphExecKernelNodeSetParams_v10010);
SAME_FUNCTION(cuGraphExecDestroy, cuGraphExecDestroy_v10000);
SAME_FUNCTION(cuGraphDestroy, cuGraphDestroy_v10000);
SAME_FUNCTION(cuLaunchKernel, cuLaunchKernel_v4000);

static_assert(cudaSuccess == int(CUDA_SUCCESS));
static_assert(cudaErrorOutOfMemory == int(CUDA_ERROR_OUT_OF_MEMORY));
static_assert(cudaComputeCapabilityMajor ==
              int(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR));
static_assert(cudaComputeCapabilityMinor ==
              int(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR));
static_assert(cudaJitErrorLogBuffer == int(CU_JIT_ERROR_LOG_BUFFER));
static_assert(cudaJitErrorLogBytes == int(CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES));
static_assert(cudaMaxThreadsPerBlock ==
              int(CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK));
static_assert(cudaMaxDynamicSharedBytes ==
              int(CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES));
static_assert(cudaStreamNonBlocking == unsigned(CU_STREAM_NON_BLOCKING));
static_assert(cudaCaptureThreadLocal ==
              int(CU_STREAM_CAPTURE_MODE_THREAD_LOCAL));

using Theirs = CUDA_KERNEL_NODE_PARAMS_v1;
static_assert(sizeof(CudaKernelParameters) == sizeof(Theirs));
static_assert(offsetof(CudaKernelParameters, grid) ==
              offsetof(Theirs, gridDimX));
static_assert(offsetof(CudaKernelParameters, block) ==
              offsetof(Theirs, blockDimX));
static_assert(offsetof(CudaKernelParameters, sharedBytes) ==
              offsetof(Theirs, sharedMemBytes));
static_assert(offsetof(CudaKernelParameters, arguments) ==
              offsetof(Theirs, kernelParams));

/// How many functions the assertions above compare.
constexpr size_t compared = 39;

TEST(CudaDriverTest, EveryFunctionIsCompared) {
  EXPECT_EQ(sizeof(CudaDriver), compared * sizeof(CudaSymbol));
}

} // namespace
