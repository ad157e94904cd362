//===- CudaFixture.cpp - What tests of sessions on a GPU share ------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaFixture.h"

#include <set>

using namespace mobileone::runtime;
using namespace mobileone::runtime::test;

bool mobileone::runtime::test::kernelsRun() {
  // Sanitizers would report what an OpenCL platform keeps.
#ifdef MOBILEONE_TEST_WITHOUT_KERNELS
  return false;
#else
  return standin::hasOpenCl();
#endif
}

void CudaTest::reset(standin::Settings settings) {
  settings.runsKernels = kernelsRun();
  standin::reset(settings);
}

void CudaTest::TearDown() {
  EXPECT_EQ(standin::liveObjects(), 0);
  EXPECT_EQ(standin::stackDepth(), 0);
}

void CudaTest::expectRightRun(mobileone_session *session, unsigned seed) {
  Tensors tensors(hand_cuda, seed);
  if (kernelsRun())
    return test::expectRightRun(session, tensors);
  EXPECT_EQ(mobileone_run(session, tensors.inputs(), tensors.outputs()),
            MOBILEONE_OK)
      << mobileone_last_error(session);
}

std::vector<std::string> mobileone::runtime::test::callsOfDriver() {
  static const std::set<std::string> questions = {
      "cuInit",      "cuDriverGetVersion", "cuDeviceGetCount",
      "cuDeviceGet", "cuDeviceGetName",    "cuDeviceGetAttribute"};
  std::vector<std::string> calls;
  for (const std::string &call : standin::record().calls)
    if (!questions.count(call))
      calls.push_back(call);
  return calls;
}

ModelForBoth::ModelForBoth()
    : programs{hand_cuda.programs[0], hand_small.programs[0]},
      model(hand_cuda) {
  model.programs = programs;
  model.program_count = 2;
}

DeviceMemory::DeviceMemory(size_t bytes, CudaContext given)
    : context(given), bytes(bytes) {
  if (!context)
    isRetained = cuDevicePrimaryCtxRetain(&context, 0) == cudaSuccess;
  push();
  EXPECT_EQ(cuMemAlloc_v2(&device, bytes), cudaSuccess);
  cuCtxPopCurrent_v2(&context);
}

DeviceMemory::~DeviceMemory() {
  push();
  cuMemFree_v2(device);
  cuCtxPopCurrent_v2(&context);
  if (isRetained)
    cuDevicePrimaryCtxRelease_v2(0);
}

void DeviceMemory::push() const { cuCtxPushCurrent_v2(context); }

void DeviceMemory::write(const std::vector<float> &values) {
  push();
  EXPECT_EQ(cuMemcpyHtoD_v2(device, values.data(), bytes), cudaSuccess);
  cuCtxPopCurrent_v2(&context);
}

std::vector<float> DeviceMemory::read() const {
  std::vector<float> values(bytes / sizeof(float));
  push();
  EXPECT_EQ(cuMemcpyDtoH_v2(values.data(), device, bytes), cudaSuccess);
  CudaContext previous;
  cuCtxPopCurrent_v2(&previous);
  return values;
}
