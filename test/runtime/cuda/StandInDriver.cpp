//===- StandInDriver.cpp - Devices, contexts, modules ---------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions that give something back do so even when they are to fail, as the
// driver's do, which report errors of earlier work that way.
//
//===----------------------------------------------------------------------===//

#include "StandInState.h"

#include <cstdio>
#include <cstring>

using namespace mobileone::runtime;
using namespace mobileone::standin;

namespace {

const std::map<CudaResult, std::pair<const char *, const char *>> errorTexts = {
    {success, {"CUDA_SUCCESS", "no error"}},
    {invalidValue, {"CUDA_ERROR_INVALID_VALUE", "invalid argument"}},
    {outOfMemory, {"CUDA_ERROR_OUT_OF_MEMORY", "out of memory"}},
    {noDevice, {"CUDA_ERROR_NO_DEVICE", "no CUDA-capable device is detected"}},
    {invalidDevice, {"CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"}},
    {invalidImage,
     {"CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"}},
    {invalidContext, {"CUDA_ERROR_INVALID_CONTEXT", "invalid device context"}},
    {invalidPtx, {"CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed"}},
    {invalidHandle, {"CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"}},
    {notFound, {"CUDA_ERROR_NOT_FOUND", "named symbol not found"}},
    {launchFailed, {"CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"}},
    {captureUnsupported,
     {"CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED",
      "operation not permitted when stream is capturing"}},
    {999, {"CUDA_ERROR_UNKNOWN", "unknown error"}}};

void writeLog(unsigned count, const int *options, void **values,
              const std::string &text) {
  char *log = nullptr;
  size_t bytes = 0;
  for (unsigned i = 0; i < count; ++i)
    if (options[i] == cudaJitErrorLogBuffer)
      log = static_cast<char *>(values[i]);
    else if (options[i] == cudaJitErrorLogBytes)
      bytes = size_t(values[i]);
  if (log && bytes)
    std::snprintf(log, bytes, "%s", text.c_str());
}

bool isOpenCl(const char *image) {
  return std::strstr(image, "__kernel") || std::strstr(image, "kernel void");
}

} // namespace

extern "C" {
namespace mobileone::runtime {

CudaResult cuGetErrorName(CudaResult error, const char **text) {
  auto found = errorTexts.find(error);
  *text = found == errorTexts.end() ? nullptr : found->second.first;
  return *text ? success : invalidValue;
}

CudaResult cuGetErrorString(CudaResult error, const char **text) {
  auto found = errorTexts.find(error);
  *text = found == errorTexts.end() ? nullptr : found->second.second;
  return *text ? success : invalidValue;
}

CudaResult cuInit(unsigned flags) {
  RETURN_IF_TOLD("cuInit");
  if (!state().settings.devices)
    return noDevice;
  return flags ? invalidValue : success;
}

CudaResult cuDriverGetVersion(int *version) {
  RETURN_IF_TOLD("cuDriverGetVersion");
  *version = state().settings.version;
  return success;
}

CudaResult cuDeviceGetCount(int *count) {
  RETURN_IF_TOLD("cuDeviceGetCount");
  *count = state().settings.devices;
  return success;
}

CudaResult cuDeviceGet(CudaDevice *device, int ordinal) {
  RETURN_IF_TOLD("cuDeviceGet");
  if (ordinal < 0 || ordinal >= state().settings.devices)
    return invalidDevice;
  *device = ordinal;
  return success;
}

CudaResult cuDeviceGetName(char *name, int bytes, CudaDevice device) {
  RETURN_IF_TOLD("cuDeviceGetName");
  std::snprintf(name, size_t(bytes), "stand-in GPU %d", device);
  return success;
}

CudaResult cuDeviceGetAttribute(int *value, int attribute, CudaDevice) {
  RETURN_IF_TOLD("cuDeviceGetAttribute");
  int capability = state().settings.capability;
  if (attribute == cudaComputeCapabilityMajor)
    *value = capability / 10;
  else if (attribute == cudaComputeCapabilityMinor)
    *value = capability % 10;
  else
    return invalidValue;
  return success;
}

CudaResult cuDevicePrimaryCtxRetain(CudaContext *context, CudaDevice) {
  RETURN_IF_TOLD("cuDevicePrimaryCtxRetain");
  ++state().primary.retains;
  *context = reinterpret_cast<CudaContext>(&state().primary);
  return success;
}

CudaResult cuDevicePrimaryCtxRelease_v2(CudaDevice) {
  Call call("cuDevicePrimaryCtxRelease_v2");
  if (!state().primary.retains)
    return invalidContext;
  --state().primary.retains;
  return call.result;
}

CudaResult cuCtxPushCurrent_v2(CudaContext context) {
  RETURN_IF_TOLD("cuCtxPushCurrent_v2");
  auto *found = reinterpret_cast<Context *>(context);
  if (found != &state().primary && !state().find<Context>(context))
    return invalidContext;
  contextStack().push_back(found);
  return success;
}

CudaResult cuCtxPopCurrent_v2(CudaContext *context) {
  Call call("cuCtxPopCurrent_v2");
  if (contextStack().empty())
    return invalidContext;
  *context = reinterpret_cast<CudaContext>(contextStack().back());
  contextStack().pop_back();
  return call.result;
}

CudaResult cuCtxGetDevice(CudaDevice *device) {
  RETURN_IF_TOLD("cuCtxGetDevice");
  *device = 0;
  return contextStack().empty() ? invalidContext : success;
}

CudaResult cuModuleLoadDataEx(CudaModule *module, const void *image,
                              unsigned count, int *options, void **values) {
  RETURN_IF_TOLD("cuModuleLoadDataEx");
  if (CudaResult problem = checkContext())
    return problem;
  auto *text = static_cast<const char *>(image);
  auto made = std::make_unique<Module>();
  if (isOpenCl(text) && hasOpenClPlatform() && state().settings.runsKernels) {
    std::string log;
    made->program = buildOpenCl(text, log);
    if (!made->program) {
      writeLog(count, options, values, log);
      return invalidPtx;
    }
  } else if (!std::strncmp(text, "damaged", 7)) {
    writeLog(count, options, values, "ptxas fatal: damaged code");
    return invalidPtx;
  }
  *module = reinterpret_cast<CudaModule>(state().add(std::move(made)));
  return success;
}

CudaResult cuModuleUnload(CudaModule module) {
  Call call("cuModuleUnload");
  if (contextStack().empty() || !state().find<Module>(module))
    return invalidHandle;
  drainContext();
  state().objects.erase(module);
  return call.result;
}

CudaResult cuModuleGetFunction(CudaKernel *kernel, CudaModule handle,
                               const char *name) {
  RETURN_IF_TOLD("cuModuleGetFunction");
  Module *module = state().find<Module>(handle);
  if (!module)
    return invalidHandle;
  std::unique_ptr<Kernel> &known = module->kernels[name];
  if (!known) {
    auto made = std::make_unique<Kernel>();
    made->module = module;
    made->name = name;
    if (module->program && !(made->code = module->program->kernel(name)))
      return notFound;
    known = std::move(made);
  }
  *kernel = reinterpret_cast<CudaKernel>(known.get());
  return success;
}

CudaResult cuFuncGetAttribute(int *value, int attribute, CudaKernel) {
  RETURN_IF_TOLD("cuFuncGetAttribute");
  if (attribute != cudaMaxThreadsPerBlock)
    return invalidValue;
  *value = state().settings.threadsPerBlock;
  return success;
}

CudaResult cuFuncSetAttribute(CudaKernel kernel, int attribute, int value) {
  RETURN_IF_TOLD("cuFuncSetAttribute");
  if (attribute != cudaMaxDynamicSharedBytes)
    return invalidValue;
  reinterpret_cast<Kernel *>(kernel)->allowedSharedBytes = unsigned(value);
  return success;
}

} // namespace mobileone::runtime
} // extern "C"
