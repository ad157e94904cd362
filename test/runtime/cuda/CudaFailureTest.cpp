//===- CudaFailureTest.cpp - Tests of what the driver refuses -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaFixture.h"

#include <algorithm>
#include <set>

using namespace mobileone::runtime::test;
namespace standin = mobileone::standin;

namespace {

class CudaFailureTest : public CudaTest {
protected:
  /// Creates a session, runs it twice and destroys it, while call `number`
  /// fails with `result`. Returns its name, "" if there were fewer calls.
  std::string failAt(size_t number, int result, mobileone_status status,
                     const mobileone_options &options);

  /// Fails every call in turn. Returns the calls that failed.
  std::set<std::string> failEach(int result, mobileone_status status,
                                 const mobileone_options &options) {
    std::set<std::string> failed;
    size_t number = 1;
    for (std::string call; number == 1 || !call.empty(); ++number) {
      call = failAt(number, result, status, options);
      failed.insert(call);
    }
    EXPECT_GT(number, 30u);
    return failed;
  }
};

/// The call with this number since the last reset, "" if there were fewer.
std::string callNumber(size_t number) {
  standin::Record record = standin::record();
  return number <= record.calls.size() ? record.calls[number - 1] : "";
}

/// What is asked before a session takes anything.
bool isQuestion(const std::string &call) {
  return call == "cuDeviceGetCount" || call == "cuDeviceGet" ||
         call == "cuDeviceGetAttribute";
}

/// Expects that the error names `call` and `result`.
void expectText(const mobileone_session *session, const std::string &call,
                int result) {
  std::string text = mobileone_last_error(session);
  EXPECT_NE(text.find(call), std::string::npos) << text;
  EXPECT_NE(text.find("(" + std::to_string(result) + "): "), std::string::npos)
      << text;
}

std::string CudaFailureTest::failAt(size_t number, int result,
                                    mobileone_status status,
                                    const mobileone_options &options) {
  SCOPED_TRACE("call " + std::to_string(number));
  DeviceMemory image(hand_cuda.inputs[0].bytes),
      map(hand_cuda.outputs[0].bytes), logits(hand_cuda.outputs[1].bytes);
  Tensors tensors(hand_cuda);
  const void *deviceInputs[] = {image.address()};
  void *deviceOutputs[] = {map.address(), logits.address()};
  bool onDevice = options.device_pointers;
  int before = standin::liveObjects();
  standin::Settings settings;
  settings.failingCall = int(number);
  settings.result = result;
  reset(settings);

  mobileone_session *session = nullptr;
  mobileone_status got =
      mobileone_session_create(&hand_cuda, &options, &session);
  std::string call = callNumber(number);
  if (call.empty()) {
    EXPECT_EQ(got, MOBILEONE_OK);
  } else {
    EXPECT_EQ(got, isQuestion(call) ? MOBILEONE_NO_DEVICE : status);
    EXPECT_EQ(session, nullptr);
    expectText(nullptr, call, result);
  }
  for (int run = 0; run < 2 && session; ++run) {
    bool isOver = !callNumber(number).empty();
    got = mobileone_run(session, onDevice ? deviceInputs : tensors.inputs(),
                        onDevice ? deviceOutputs : tensors.outputs());
    call = callNumber(number);
    bool failed = !isOver && !call.empty();
    EXPECT_EQ(got, failed ? status : MOBILEONE_OK);
    if (failed)
      expectText(session, call, result);
  }
  mobileone_session_destroy(session);
  call = callNumber(number);
  EXPECT_EQ(standin::liveObjects(), before);
  EXPECT_EQ(standin::stackDepth(), 0);
  reset();
  return call;
}

TEST_F(CudaFailureTest, EveryCall) {
  std::set<std::string> failed =
      failEach(999, MOBILEONE_DRIVER_FAILED, mobileone_default_options());
  for (const char *call :
       {"cuDevicePrimaryCtxRetain", "cuModuleLoadDataEx", "cuMemAllocHost_v2",
        "cuStreamEndCapture", "cuGraphLaunch", "cuStreamSynchronize",
        "cuCtxPopCurrent_v2", "cuMemFree_v2"})
    EXPECT_EQ(failed.count(call), 1u) << call;
}

TEST_F(CudaFailureTest, EveryCallForTensorsOnTheDevice) {
  mobileone_options options = mobileone_default_options();
  options.device_pointers = 1;
  std::set<std::string> failed =
      failEach(700, MOBILEONE_DRIVER_FAILED, options);
  for (const char *call :
       {"cuStreamGetCaptureInfo_v2", "cuGraphExecKernelNodeSetParams"})
    EXPECT_EQ(failed.count(call), 1u) << call;
}

TEST_F(CudaFailureTest, NoMemory) {
  failEach(2, MOBILEONE_OUT_OF_MEMORY, mobileone_default_options());
}

TEST_F(CudaFailureTest, SaysCallAndKernel) {
  standin::Settings settings;
  settings.failingFunction = "cuLaunchKernel";
  settings.result = 719;
  reset(settings);
  expectRefusal(hand_cuda, nullptr, MOBILEONE_DRIVER_FAILED,
                "cuLaunchKernel for kernel scale_image failed: "
                "CUDA_ERROR_LAUNCH_FAILED (719): unspecified launch failure.");
  settings.failingFunction = "cuMemAlloc_v2";
  settings.result = 2;
  reset(settings);
  expectRefusal(hand_cuda, nullptr, MOBILEONE_OUT_OF_MEMORY,
                "cuMemAlloc_v2 failed: CUDA_ERROR_OUT_OF_MEMORY (2): out of "
                "memory.");
  settings.result = 12345;
  reset(settings);
  expectRefusal(hand_cuda, nullptr, MOBILEONE_DRIVER_FAILED,
                "cuMemAlloc_v2 failed: unknown error (12345): the driver has "
                "no text.");
}

TEST_F(CudaFailureTest, RunsAgainAfterAFailure) {
  SessionPointer session = makeSession(hand_cuda);
  standin::Settings settings;
  settings.failingFunction = "cuGraphLaunch";
  reset(settings);
  Tensors tensors(hand_cuda);
  EXPECT_EQ(mobileone_run(session.get(), tensors.inputs(), tensors.outputs()),
            MOBILEONE_DRIVER_FAILED);
  EXPECT_STREQ(mobileone_last_error(session.get()),
               "cuGraphLaunch failed: CUDA_ERROR_UNKNOWN (999): unknown "
               "error.");
  reset();
  expectRightRun(session.get());
}

TEST_F(CudaFailureTest, ShowsTheLogOfTheDriversCompiler) {
  EditableModel edited(hand_cuda);
  const char text[] = "damaged";
  mobileone_device_code code = {MOBILEONE_DEVICE_CODE_PTX, 80, text,
                                sizeof(text)};
  edited.program().codes = &code;
  expectRefusal(edited.model, nullptr, MOBILEONE_DRIVER_FAILED,
                "cuModuleLoadDataEx failed: CUDA_ERROR_INVALID_PTX (218): a "
                "PTX JIT compilation failed. ptxas fatal: damaged code");
}

TEST_F(CudaFailureTest, MoreThreadsThanTheGpuHasRegistersFor) {
  standin::Settings settings;
  settings.threadsPerBlock = 15;
  reset(settings);
  expectRefusal(hand_cuda, nullptr, MOBILEONE_DRIVER_FAILED,
                "Kernel scale_image is to run in blocks of 16 threads, and 15 "
                "is the most that this GPU has registers for.");
}

TEST_F(CudaFailureTest, LargeSharedMemoryIsAskedFor) {
  EditableModel edited(hand_cuda);
  const mobileone_step &windows = hand_cuda.programs[0].steps[1];
  std::vector<mobileone_launch> launches(windows.launches,
                                         windows.launches + 2);
  launches[1].shared_bytes = 100 << 10;
  edited.steps[1].launches = launches.data();
  SessionPointer session = makeSession(edited.model);
  std::vector<std::string> calls = callsOfDriver();
  EXPECT_EQ(std::count(calls.begin(), calls.end(), "cuFuncSetAttribute"), 1);
  standin::Settings settings;
  settings.failingFunction = "cuFuncSetAttribute";
  settings.result = 1;
  reset(settings);
  expectRefusal(edited.model, nullptr, MOBILEONE_DRIVER_FAILED,
                "cuFuncSetAttribute for kernel sum_rows failed: "
                "CUDA_ERROR_INVALID_VALUE (1): invalid argument.");
}

TEST_F(CudaFailureTest, CodeWithoutTheKernel) {
  if (!kernelsRun())
    GTEST_SKIP() << "no OpenCL platform";
  EditableModel edited(hand_cuda);
  mobileone_launch launch = hand_cuda.programs[0].steps[3].launches[0];
  launch.entry = "missing";
  edited.steps[3].launches = &launch;
  expectRefusal(edited.model, nullptr, MOBILEONE_DRIVER_FAILED,
                "cuModuleGetFunction for kernel missing failed: "
                "CUDA_ERROR_NOT_FOUND (500): named symbol not found.");
}

} // namespace
