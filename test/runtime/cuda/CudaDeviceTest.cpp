//===- CudaDeviceTest.cpp - Tests of the choice of a GPU and of code ----===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaFixture.h"

#include "runtime/src/CudaSession.h"

using namespace mobileone::runtime;
using namespace mobileone::runtime::test;
namespace standin = mobileone::standin;

namespace {

class CudaDeviceTest : public CudaTest {
protected:
  void useCapability(int capability) {
    standin::Settings settings;
    settings.capability = capability;
    reset(settings);
  }
};

const char text[] = "text";
constexpr mobileone_device_code ptx(uint32_t capability) {
  return {MOBILEONE_DEVICE_CODE_PTX, capability, text, sizeof(text)};
}
constexpr mobileone_device_code cubin(uint32_t capability) {
  return {MOBILEONE_DEVICE_CODE_CUBIN, capability, text, sizeof(text)};
}

/// The index of what is selected for `capability` of `codes`, or -1.
int selected(const std::vector<mobileone_device_code> &codes,
             uint32_t capability) {
  mobileone_program program = {};
  program.codes = codes.data();
  program.code_count = uint32_t(codes.size());
  const mobileone_device_code *code = selectDeviceCode(program, capability);
  return code ? int(code - codes.data()) : -1;
}

TEST_F(CudaDeviceTest, SelectsMachineCodeOfTheSameMajor) {
  const std::vector<mobileone_device_code> codes = {ptx(80), cubin(80),
                                                    cubin(86), cubin(90)};
  EXPECT_EQ(selected(codes, 80), 1);
  EXPECT_EQ(selected(codes, 86), 2);
  EXPECT_EQ(selected(codes, 87), 2);
  EXPECT_EQ(selected(codes, 89), 2);
  EXPECT_EQ(selected(codes, 90), 3);
}

TEST_F(CudaDeviceTest, SelectsTextElsewhere) {
  const std::vector<mobileone_device_code> codes = {cubin(90), ptx(80),
                                                    ptx(86)};
  EXPECT_EQ(selected(codes, 80), 1);
  EXPECT_EQ(selected(codes, 120), 2);
  EXPECT_EQ(selected(codes, 75), -1);
}

TEST_F(CudaDeviceTest, WrongArchitecture) {
  EditableModel edited(hand_cuda);
  const mobileone_device_code codes[] = {ptx(80), cubin(90)};
  edited.program().codes = codes;
  edited.program().code_count = 2;
  useCapability(75);
  expectRefusal(edited.model, nullptr, MOBILEONE_NO_DEVICE,
                "Model 'hand_cuda' has PTX 8.0, cubin 9.0, nothing for "
                "stand-in GPU 0 with compute capability 7.5.");
  useCapability(86);
  SessionPointer session = makeSession(edited.model);
}

TEST_F(CudaDeviceTest, NoSuchDevice) {
  mobileone_options options = mobileone_default_options();
  for (int number : {-1, 1, 7}) {
    options.cuda_device = number;
    std::string message =
        "There is no GPU " + std::to_string(number) + ": the driver has 1.";
    expectRefusal(hand_cuda, &options, MOBILEONE_NO_DEVICE, message.c_str());
  }
}

TEST_F(CudaDeviceTest, FallsBackToTheCpu) {
  ModelForBoth both;
  standin::Settings settings;
  settings.devices = 0;
  reset(settings);
  SessionPointer session = makeSession(both.model);
  EXPECT_EQ(mobileone_session_program(session.get()), &both.programs[1]);
  EXPECT_STREQ(mobileone_session_device(session.get()), "");
  Tensors tensors(hand_small);
  test::expectRightRun(session.get(), tensors);
  reset();
  SessionPointer onGpu = makeSession(both.model);
  EXPECT_EQ(mobileone_session_program(onGpu.get()), &both.programs[0]);
}

TEST_F(CudaDeviceTest, DoesNotFallBackFromOtherFailures) {
  ModelForBoth both;
  standin::Settings settings;
  settings.failingFunction = "cuMemAllocHost_v2";
  settings.result = 2;
  reset(settings);
  expectRefusal(both.model, nullptr, MOBILEONE_OUT_OF_MEMORY,
                "cuMemAllocHost_v2 failed: CUDA_ERROR_OUT_OF_MEMORY (2): out "
                "of memory.");
}

TEST_F(CudaDeviceTest, DoesNotFallBackWhereAGpuIsAskedFor) {
  ModelForBoth both;
  standin::Settings settings;
  settings.devices = 0;
  reset(settings);
  mobileone_options level = mobileone_default_options();
  level.level = MOBILEONE_LEVEL_CUDA;
  mobileone_options pointers = mobileone_default_options();
  pointers.device_pointers = 1;
  mobileone_options stream = mobileone_default_options();
  stream.cuda_stream = &stream;
  for (const mobileone_options &options : {level, pointers, stream})
    expectRefusal(both.model, &options, MOBILEONE_NO_DEVICE,
                  "There is no GPU 0: the driver has 0.");
}

TEST_F(CudaDeviceTest, ModelsForCpusRefuseWhatIsForGpus) {
  mobileone_options options = mobileone_default_options();
  options.device_pointers = 1;
  expectRefusal(hand_small, &options, MOBILEONE_UNSUPPORTED_CPU,
                "options.level is 1000, but model 'hand_small' is compiled for "
                "generic.");
  options.level = MOBILEONE_LEVEL_BASELINE;
  expectRefusal(hand_small, &options, MOBILEONE_INVALID_ARGUMENT,
                "options.level is 0, one of CPUs, but options.cuda_context, "
                "cuda_stream or device_pointers are for GPUs.");
}

TEST_F(CudaDeviceTest, ForcedLevel) {
  ModelForBoth both;
  mobileone_options options = mobileone_default_options();
  options.level = MOBILEONE_LEVEL_BASELINE;
  SessionPointer session = makeSession(both.model, options);
  EXPECT_EQ(mobileone_session_program(session.get()), &both.programs[1]);
  EXPECT_TRUE(standin::record().calls.empty());
  options.level = MOBILEONE_LEVEL_CUDA;
  SessionPointer onGpu = makeSession(both.model, options);
  EXPECT_EQ(mobileone_session_program(onGpu.get()), &both.programs[0]);
}

TEST_F(CudaDeviceTest, LevelSupported) {
  EXPECT_TRUE(mobileone_level_supported(MOBILEONE_LEVEL_CUDA));
  standin::Settings settings;
  settings.devices = 0;
  reset(settings);
  EXPECT_FALSE(mobileone_level_supported(MOBILEONE_LEVEL_CUDA));
}

} // namespace
