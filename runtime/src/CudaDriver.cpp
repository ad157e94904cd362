//===- CudaDriver.cpp - The functions of NVIDIA's driver ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaDriver.h"

#if MOBILEONE_HAS_CUDA

#include "Lock.h"

#include <dlfcn.h>

using namespace mobileone::runtime;

namespace {

pthread_mutex_t driverMutex = PTHREAD_MUTEX_INITIALIZER;
CudaDriver sharedDriver;
bool isLoaded = false;

/// Fills in where the functions are.
bool resolve(void *library, CudaDriver &driver, ErrorText &error) {
  CudaSymbol *symbols[] = {
#define MOBILEONE_CUDA_SYMBOL(name, ...) &driver.name,
      MOBILEONE_CUDA_FUNCTIONS(MOBILEONE_CUDA_SYMBOL)
#undef MOBILEONE_CUDA_SYMBOL
  };
  for (CudaSymbol *symbol : symbols) {
    symbol->address = dlsym(library, symbol->name);
    if (symbol->address)
      continue;
    fail(error, MOBILEONE_NO_DEVICE,
         "The NVIDIA driver, libcuda.so.1, has no %s: CUDA %d.%d or later is "
         "needed.",
         symbol->name, oldestCudaVersion / 1000, oldestCudaVersion % 1000 / 10);
    return false;
  }
  return true;
}

bool initialize(const CudaDriver &driver, ErrorText &error) {
  CudaCalls calls(driver, error);
  int version = 0;
  calls(driver.cuInit, 0);
  calls(driver.cuDriverGetVersion, &version);
  if (calls.ok() && version < oldestCudaVersion)
    calls.status =
        fail(error, MOBILEONE_NO_DEVICE,
             "The NVIDIA driver is one of CUDA %d.%d; %d.%d or "
             "later is needed.",
             version / 1000, version % 1000 / 10, oldestCudaVersion / 1000,
             oldestCudaVersion % 1000 / 10);
  return calls.ok();
}

} // namespace

const CudaDriver *mobileone::runtime::loadCudaDriver(ErrorText &error) {
  Lock lock(driverMutex);
  if (isLoaded)
    return &sharedDriver;
  // Stays loaded: drivers do not expect to be unloaded.
  void *library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *reason = dlerror();
    fail(error, MOBILEONE_NO_DEVICE, "The NVIDIA driver cannot be loaded: %s.",
         reason ? reason : "");
    return nullptr;
  }
  isLoaded =
      resolve(library, sharedDriver, error) && initialize(sharedDriver, error);
  return isLoaded ? &sharedDriver : nullptr;
}

void CudaCalls::fail(const char *call, CudaResult result) {
  const char *name = nullptr, *text = nullptr;
  driver.cuGetErrorName(result, &name);
  driver.cuGetErrorString(result, &text);
  status = mobileone::runtime::fail(
      error,
      result == cudaErrorOutOfMemory ? MOBILEONE_OUT_OF_MEMORY
                                     : MOBILEONE_DRIVER_FAILED,
      "%s%s%s failed: %s (%d): %s.", call, kernel ? " for kernel " : "",
      kernel ? kernel : "", name ? name : "unknown error", result,
      text ? text : "the driver has no text");
}

bool CurrentContext::leave() {
  if (!isPushed)
    return calls.ok();
  isPushed = false;
  CudaContext previous;
  // Also after a failure, whose text then stays.
  if (calls.ok())
    calls(calls.driver.cuCtxPopCurrent_v2, &previous);
  else
    calls.driver.cuCtxPopCurrent_v2(&previous);
  return calls.ok();
}

#endif // MOBILEONE_HAS_CUDA
