//===- StandInDriver.h - A libcuda.so.1 without a GPU -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What tests load as NVIDIA's driver. It has the functions that the runtime
// uses, checks their arguments as the driver does, counts what is not given
// back, keeps work on streams until someone waits for it, lets calls fail on
// demand, and runs device code that is OpenCL C by an OpenCL platform such as
// PoCL. Other code loads, and its kernels do nothing.
//
// A process without this header's functions controls it by its environment:
//
//   MOBILEONE_STANDIN_LOG         a file that gets the name of every call
//   MOBILEONE_STANDIN_FAIL        CALL=CODE: every call of CALL fails so
//   MOBILEONE_STANDIN_VERSION     of CUDA, 12040 at first
//   MOBILEONE_STANDIN_DEVICES     how many, 1 at first
//   MOBILEONE_STANDIN_CAPABILITY  major * 10 + minor, 90 at first
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_RUNTIME_CUDA_STANDINDRIVER_H
#define MOBILEONE_TEST_RUNTIME_CUDA_STANDINDRIVER_H

#include "runtime/src/CudaDriver.h"

#include <string>
#include <vector>

#define STANDIN_API __attribute__((visibility("default")))

// The functions of the driver, for tests that are a program with CUDA.
extern "C" {
#define MOBILEONE_DECLARE(name, ...)                                           \
  STANDIN_API mobileone::runtime::CudaResult name(__VA_ARGS__);
namespace mobileone::runtime {
MOBILEONE_CUDA_FUNCTIONS(MOBILEONE_DECLARE)
}
#undef MOBILEONE_DECLARE
}

namespace mobileone::standin {

struct Settings {
  int version = 12040, devices = 1, capability = 90, threadsPerBlock = 1024;
  /// The number, from 1 on, of the call that fails with `result`; 0: none.
  int failingCall = 0;
  /// The function all of whose calls fail with `result`; "": none.
  std::string failingFunction;
  int result = 999;
  /// Whether OpenCL code runs, where there is a platform.
  bool runsKernels = true;
};

/// What has happened since `reset`.
struct Record {
  std::vector<std::string> calls;    ///< Names, those of error texts apart.
  std::vector<std::string> launches; ///< Kernels, when they ran.
};

/// Forgets what was recorded and sets `settings`.
STANDIN_API void reset(const Settings &settings = {});
STANDIN_API Record record();
/// Memory, modules, streams, graphs and retained contexts that exist; counts
/// those of all threads.
STANDIN_API int liveObjects();
/// Bytes on the device that are allocated.
STANDIN_API size_t liveBytes();
/// Contexts on this thread's stack.
STANDIN_API int stackDepth();
/// A context that is not a primary one.
STANDIN_API runtime::CudaContext makeContext();
STANDIN_API void destroyContext(runtime::CudaContext context);
/// Whether there is a platform that runs OpenCL code.
STANDIN_API bool hasOpenCl();

} // namespace mobileone::standin

#endif // MOBILEONE_TEST_RUNTIME_CUDA_STANDINDRIVER_H
