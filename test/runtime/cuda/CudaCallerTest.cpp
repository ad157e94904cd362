//===- CudaCallerTest.cpp - Tests of the caller's context and tensors ---===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaFixture.h"

#include "mobileone/runtime.hpp"

#include <algorithm>

using namespace mobileone::runtime;
using namespace mobileone::runtime::test;
namespace standin = mobileone::standin;

namespace {

class CudaCallerTest : public CudaTest {
protected:
  void expectResults(const Tensors &tensors, const DeviceMemory &map,
                     const DeviceMemory &logits) {
    if (!kernelsRun())
      return;
    EXPECT_EQ(map.read(), tensors.expectedMap);
    EXPECT_EQ(logits.read(), tensors.expectedLogits);
  }
};

/// Inputs and outputs of hand_cuda on the device.
struct DeviceTensors {
  explicit DeviceTensors(CudaContext context = nullptr)
      : image(hand_cuda.inputs[0].bytes, context),
        map(hand_cuda.outputs[0].bytes, context),
        logits(hand_cuda.outputs[1].bytes, context), inputs{image.address()},
        outputs{map.address(), logits.address()} {}
  DeviceMemory image, map, logits;
  const void *inputs[1];
  void *outputs[2];
};

size_t countOf(const char *call) {
  std::vector<std::string> calls = callsOfDriver();
  return size_t(std::count(calls.begin(), calls.end(), call));
}

mobileone_options withDevicePointers() {
  mobileone_options options = mobileone_default_options();
  options.device_pointers = 1;
  return options;
}

/// Waits for the default stream of the primary context.
void waitForDefaultStream() {
  CudaContext context;
  cuDevicePrimaryCtxRetain(&context, 0);
  cuCtxPushCurrent_v2(context);
  EXPECT_EQ(cuStreamSynchronize(nullptr), cudaSuccess);
  cuCtxPopCurrent_v2(&context);
  cuDevicePrimaryCtxRelease_v2(0);
}

TEST_F(CudaCallerTest, OnlyEnqueuesForTensorsOnTheDevice) {
  DeviceTensors device;
  SessionPointer session = makeSession(hand_cuda, withDevicePointers());
  Tensors tensors(hand_cuda, 5);
  device.image.write(tensors.image);
  reset();
  ASSERT_EQ(mobileone_run(session.get(), device.inputs, device.outputs),
            MOBILEONE_OK);
  EXPECT_TRUE(standin::record().launches.empty());
  EXPECT_EQ(countOf("cuStreamSynchronize"), 0u);
  EXPECT_EQ(countOf("cuGraphLaunch"), 1u);
  waitForDefaultStream();
  EXPECT_EQ(standin::record().launches.size(), size_t(HAND_CUDA_LAUNCHES));
  expectResults(tensors, device.map, device.logits);
}

TEST_F(CudaCallerTest, UpdatesTheGraphWhenAddressesChange) {
  DeviceTensors first, second;
  SessionPointer session = makeSession(hand_cuda, withDevicePointers());
  // scale_image, sum_rows, sum_pixels and classify see the caller's tensors.
  const size_t updates[] = {4, 0, 4, 0};
  DeviceTensors *used[] = {&first, &first, &second, &second};
  for (int run = 0; run < 4; ++run) {
    DeviceTensors &device = *used[run];
    Tensors tensors(hand_cuda, unsigned(run + 1));
    device.image.write(tensors.image);
    reset();
    ASSERT_EQ(mobileone_run(session.get(), device.inputs, device.outputs),
              MOBILEONE_OK);
    EXPECT_EQ(countOf("cuGraphExecKernelNodeSetParams"), updates[run]);
    waitForDefaultStream();
    expectResults(tensors, device.map, device.logits);
  }
}

TEST_F(CudaCallerTest, UpdatesAgainAfterAFailedUpdate) {
  DeviceTensors device;
  SessionPointer session = makeSession(hand_cuda, withDevicePointers());
  Tensors tensors(hand_cuda, 3);
  device.image.write(tensors.image);
  standin::Settings settings;
  settings.failingFunction = "cuGraphExecKernelNodeSetParams";
  reset(settings);
  EXPECT_EQ(mobileone_run(session.get(), device.inputs, device.outputs),
            MOBILEONE_DRIVER_FAILED);
  EXPECT_STREQ(mobileone_last_error(session.get()),
               "cuGraphExecKernelNodeSetParams for kernel scale_image failed: "
               "CUDA_ERROR_UNKNOWN (999): unknown error.");
  reset();
  ASSERT_EQ(mobileone_run(session.get(), device.inputs, device.outputs),
            MOBILEONE_OK);
  EXPECT_EQ(countOf("cuGraphExecKernelNodeSetParams"), 4u);
  waitForDefaultStream();
  expectResults(tensors, device.map, device.logits);
}

TEST_F(CudaCallerTest, TakesNoMemoryForTensorsOnTheDevice) {
  SessionPointer session = makeSession(hand_cuda, withDevicePointers());
  EXPECT_EQ(countOf("cuMemAllocHost_v2"), 0u);
  EXPECT_EQ(countOf("cuMemcpyHtoDAsync_v2"), 0u);
}

TEST_F(CudaCallerTest, ContextAndStream) {
  CudaContext context = standin::makeContext();
  CudaStream stream;
  cuCtxPushCurrent_v2(context);
  ASSERT_EQ(cuStreamCreate(&stream, 0), cudaSuccess);
  {
    DeviceTensors device(context);
    mobileone_options options = withDevicePointers();
    options.cuda_context = context;
    options.cuda_stream = stream;
    reset();
    SessionPointer session = makeSession(hand_cuda, options);
    EXPECT_EQ(countOf("cuDevicePrimaryCtxRetain"), 0u);
    Tensors tensors(hand_cuda, 7);
    device.image.write(tensors.image);
    ASSERT_EQ(mobileone_run(session.get(), device.inputs, device.outputs),
              MOBILEONE_OK);
    // What was current still is, and nothing else.
    EXPECT_EQ(standin::stackDepth(), 1);
    EXPECT_TRUE(standin::record().launches.empty());
    ASSERT_EQ(cuStreamSynchronize(stream), cudaSuccess);
    expectResults(tensors, device.map, device.logits);
  }
  cuStreamDestroy_v2(stream);
  cuCtxPopCurrent_v2(&context);
  standin::destroyContext(context);
}

TEST_F(CudaCallerTest, StreamWithTensorsInHostMemory) {
  CudaContext context = standin::makeContext();
  CudaStream stream;
  cuCtxPushCurrent_v2(context);
  ASSERT_EQ(cuStreamCreate(&stream, 0), cudaSuccess);
  cuCtxPopCurrent_v2(&context);
  mobileone_options options = mobileone_default_options();
  options.cuda_context = context;
  options.cuda_stream = stream;
  SessionPointer session = makeSession(hand_cuda, options);
  expectRightRun(session.get(), 9);
  session.reset();
  cuCtxPushCurrent_v2(context);
  cuStreamDestroy_v2(stream);
  cuCtxPopCurrent_v2(&context);
  standin::destroyContext(context);
}

TEST_F(CudaCallerTest, EveryContextHasItsWeights) {
  CudaContext context = standin::makeContext();
  mobileone_options options = mobileone_default_options();
  options.cuda_context = context;
  {
    SessionPointer session = makeSession(hand_cuda);
    SessionPointer other = makeSession(hand_cuda, options);
    EXPECT_EQ(countOf("cuModuleLoadDataEx"), 2u);
    expectRightRun(session.get(), 1);
    expectRightRun(other.get(), 2);
  }
  standin::destroyContext(context);
}

TEST_F(CudaCallerTest, Wrapper) {
  DeviceTensors device;
  mobileone::Session session(hand_cuda, withDevicePointers());
  ASSERT_TRUE(session) << session.error();
  EXPECT_STREQ(session.target(), "opencl");
  EXPECT_STREQ(session.device(), "stand-in GPU 0");
  Tensors tensors(hand_cuda, 8);
  device.image.write(tensors.image);
  auto *image = static_cast<const float *>(device.inputs[0]);
  auto *map = static_cast<float *>(device.outputs[0]);
  auto *logits = static_cast<float *>(device.outputs[1]);
  EXPECT_TRUE(
      session.run({{image, tensors.image.size()}},
                  {{map, tensors.map.size()}, {logits, tensors.logits.size()}}))
      << session.error();
  waitForDefaultStream();
  expectResults(tensors, device.map, device.logits);
}

TEST_F(CudaCallerTest, RefusesAContextThatIsNone) {
  mobileone_options options = mobileone_default_options();
  options.cuda_context = &options;
  expectRefusal(hand_cuda, &options, MOBILEONE_NO_DEVICE,
                "cuCtxPushCurrent_v2 failed: CUDA_ERROR_INVALID_CONTEXT "
                "(201): invalid device context.");
}

} // namespace
