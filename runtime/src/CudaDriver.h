//===- CudaDriver.h - The functions of NVIDIA's driver ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The CUDA driver API as far as the runtime uses it, declared here so that
// neither building nor starting needs anything of CUDA: `libcuda.so.1` is
// loaded when the first session asks for a GPU. The API is described in
// https://docs.nvidia.com/cuda/cuda-driver-api; numbers are those of its cuda.h
// and never change.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_CUDADRIVER_H
#define MOBILEONE_RUNTIME_CUDADRIVER_H

#include "Error.h"

/// Where NVIDIA's driver exists. Elsewhere models for GPUs find no device, and
/// no code of these files is compiled.
#if defined(__linux__) && !defined(__ANDROID__) && !defined(MOBILEONE_NO_CUDA)
#define MOBILEONE_HAS_CUDA 1
#else
#define MOBILEONE_HAS_CUDA 0
#endif

namespace mobileone::runtime {

constexpr bool hasCuda = MOBILEONE_HAS_CUDA;

using CudaResult = int;       ///< CUresult.
using CudaDevice = int;       ///< CUdevice.
using CudaAddress = uint64_t; ///< CUdeviceptr.
using CudaContext = struct CudaContextObject *;
using CudaModule = struct CudaModuleObject *;
using CudaKernel = struct CudaKernelObject *; ///< CUfunction.
using CudaStream = struct CudaStreamObject *;
using CudaGraph = struct CudaGraphObject *;
using CudaGraphNode = struct CudaGraphNodeObject *;
using CudaGraphExecutable = struct CudaGraphExecutableObject *;

/// CUDA_KERNEL_NODE_PARAMS.
struct CudaKernelParameters {
  CudaKernel kernel;
  unsigned grid[3], block[3];
  unsigned sharedBytes;
  void **arguments;
  void **extra;
};

constexpr CudaResult cudaSuccess = 0;
constexpr CudaResult cudaErrorOutOfMemory = 2;
constexpr int cudaComputeCapabilityMajor = 75; ///< CUdevice_attribute.
constexpr int cudaComputeCapabilityMinor = 76;
constexpr int cudaJitErrorLogBuffer = 5; ///< CUjit_option.
constexpr int cudaJitErrorLogBytes = 6;
constexpr int cudaMaxThreadsPerBlock = 0; ///< CUfunction_attribute.
constexpr int cudaMaxDynamicSharedBytes = 8;
constexpr unsigned cudaStreamNonBlocking = 1;
constexpr int cudaCaptureThreadLocal = 1; ///< CUstreamCaptureMode.

/// cuStreamGetCaptureInfo_v2 and cuGraphInstantiateWithFlags came with 11.3 and
/// 11.4. As cuDriverGetVersion has it.
constexpr int oldestCudaVersion = 11040;

/// A function of the driver: its name and, once loaded, where it is.
struct CudaSymbol {
  const char *name;
  void *address = nullptr;
  constexpr explicit CudaSymbol(const char *name) : name(name) {}
};
template <typename... Parameters> struct CudaFunction : CudaSymbol {
  using CudaSymbol::CudaSymbol;
  CudaResult operator()(Parameters... parameters) const {
    return reinterpret_cast<CudaResult (*)(Parameters...)>(address)(
        parameters...);
  }
};

/// Every function in use: FUNCTION(name in the library, parameters...).
#define MOBILEONE_CUDA_FUNCTIONS(FUNCTION)                                     \
  FUNCTION(cuGetErrorName, CudaResult, const char **)                          \
  FUNCTION(cuGetErrorString, CudaResult, const char **)                        \
  FUNCTION(cuInit, unsigned)                                                   \
  FUNCTION(cuDriverGetVersion, int *)                                          \
  FUNCTION(cuDeviceGetCount, int *)                                            \
  FUNCTION(cuDeviceGet, CudaDevice *, int)                                     \
  FUNCTION(cuDeviceGetName, char *, int, CudaDevice)                           \
  FUNCTION(cuDeviceGetAttribute, int *, int, CudaDevice)                       \
  FUNCTION(cuDevicePrimaryCtxRetain, CudaContext *, CudaDevice)                \
  FUNCTION(cuDevicePrimaryCtxRelease_v2, CudaDevice)                           \
  FUNCTION(cuCtxPushCurrent_v2, CudaContext)                                   \
  FUNCTION(cuCtxPopCurrent_v2, CudaContext *)                                  \
  FUNCTION(cuCtxGetDevice, CudaDevice *)                                       \
  FUNCTION(cuModuleLoadDataEx, CudaModule *, const void *, unsigned, int *,    \
           void **)                                                            \
  FUNCTION(cuModuleUnload, CudaModule)                                         \
  FUNCTION(cuModuleGetFunction, CudaKernel *, CudaModule, const char *)        \
  FUNCTION(cuFuncGetAttribute, int *, int, CudaKernel)                         \
  FUNCTION(cuFuncSetAttribute, CudaKernel, int, int)                           \
  FUNCTION(cuMemAlloc_v2, CudaAddress *, size_t)                               \
  FUNCTION(cuMemFree_v2, CudaAddress)                                          \
  FUNCTION(cuMemAllocHost_v2, void **, size_t)                                 \
  FUNCTION(cuMemFreeHost, void *)                                              \
  FUNCTION(cuMemcpyHtoD_v2, CudaAddress, const void *, size_t)                 \
  FUNCTION(cuMemcpyDtoH_v2, void *, CudaAddress, size_t)                       \
  FUNCTION(cuMemcpyHtoDAsync_v2, CudaAddress, const void *, size_t,            \
           CudaStream)                                                         \
  FUNCTION(cuMemcpyDtoHAsync_v2, void *, CudaAddress, size_t, CudaStream)      \
  FUNCTION(cuStreamCreate, CudaStream *, unsigned)                             \
  FUNCTION(cuStreamDestroy_v2, CudaStream)                                     \
  FUNCTION(cuStreamSynchronize, CudaStream)                                    \
  FUNCTION(cuStreamBeginCapture_v2, CudaStream, int)                           \
  FUNCTION(cuStreamEndCapture, CudaStream, CudaGraph *)                        \
  FUNCTION(cuStreamGetCaptureInfo_v2, CudaStream, int *, uint64_t *,           \
           CudaGraph *, const CudaGraphNode **, size_t *)                      \
  FUNCTION(cuGraphInstantiateWithFlags, CudaGraphExecutable *, CudaGraph,      \
           unsigned long long)                                                 \
  FUNCTION(cuGraphUpload, CudaGraphExecutable, CudaStream)                     \
  FUNCTION(cuGraphLaunch, CudaGraphExecutable, CudaStream)                     \
  FUNCTION(cuGraphExecKernelNodeSetParams, CudaGraphExecutable, CudaGraphNode, \
           const CudaKernelParameters *)                                       \
  FUNCTION(cuGraphExecDestroy, CudaGraphExecutable)                            \
  FUNCTION(cuGraphDestroy, CudaGraph)                                          \
  FUNCTION(cuLaunchKernel, CudaKernel, unsigned, unsigned, unsigned, unsigned, \
           unsigned, unsigned, unsigned, CudaStream, void **, void **)

/// The driver, a field for each function, named like it.
struct CudaDriver {
#define MOBILEONE_CUDA_FIELD(name, ...) CudaFunction<__VA_ARGS__> name{#name};
  MOBILEONE_CUDA_FUNCTIONS(MOBILEONE_CUDA_FIELD)
#undef MOBILEONE_CUDA_FIELD
};

/// The driver of this system, initialized, or NULL after saying in `error` what
/// is missing or that it is too old. Loads it once per process; takes a lock.
const CudaDriver *loadCudaDriver(ErrorText &error);

/// A sequence of calls that ends at the first failure: what follows it is not
/// called, and `status` and the error text say which call failed and why.
class CudaCalls {
public:
  CudaCalls(const CudaDriver &driver, ErrorText &error)
      : driver(driver), error(error) {}

  bool ok() const { return status == MOBILEONE_OK; }

  /// Calls `function` unless a call has failed. Returns `ok()`.
  template <typename... Parameters, typename... Arguments>
  __attribute__((always_inline)) bool
  operator()(const CudaFunction<Parameters...> &function,
             Arguments... arguments) {
    if (!ok())
      return false;
    CudaResult result = function(arguments...);
    if (result != cudaSuccess)
      fail(function.name, result);
    return ok();
  }

  const CudaDriver &driver;
  ErrorText &error;
  mobileone_status status = MOBILEONE_OK;
  /// What the calls are for: the kernel that errors name, or NULL.
  const char *kernel = nullptr;

private:
  void fail(const char *call, CudaResult result);
};

/// Makes `context` current, and the one before again at the scope's end.
class CurrentContext {
public:
  CurrentContext(CudaCalls &calls, CudaContext context)
      : calls(calls),
        isPushed(calls(calls.driver.cuCtxPushCurrent_v2, context)) {}
  ~CurrentContext() { leave(); }
  CurrentContext(const CurrentContext &) = delete;
  CurrentContext &operator=(const CurrentContext &) = delete;

  /// Ends it earlier. Whether nothing failed until then.
  bool leave();

private:
  CudaCalls &calls;
  bool isPushed;
};

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_CUDADRIVER_H
