//===- CudaObserverTest.cpp - Tests of looking at what a GPU computes ---===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaFixture.h"

#include <cstring>

using namespace mobileone::runtime::test;
namespace standin = mobileone::standin;

namespace {

class CudaObserverTest : public CudaTest {};

/// The elements of every operand of every step, and what cannot be had.
struct Observer {
  std::vector<uint32_t> steps;
  std::vector<std::vector<float>> operands;
  std::vector<std::string> refusals;

  static void observe(void *user, mobileone_session *session, uint32_t step) {
    static_cast<Observer *>(user)->look(session, step);
  }

  void look(mobileone_session *session, uint32_t step) {
    steps.push_back(step);
    const mobileone_step &code =
        mobileone_session_program(session)->steps[step];
    for (uint32_t i = 0; i < code.operand_count; ++i) {
      mobileone_dimension dimensions[MOBILEONE_DIMENSIONS];
      mobileone_buffer buffer;
      if (mobileone_session_buffer(session, step, i, dimensions, &buffer) !=
          MOBILEONE_OK) {
        refusals.push_back(mobileone_last_error(session));
        continue;
      }
      int64_t count = 1;
      for (const mobileone_dimension &dimension : dimensions)
        count += (dimension.extent - 1) * dimension.stride;
      auto *elements = reinterpret_cast<const float *>(buffer.host);
      operands.emplace_back(elements, elements + count);
    }
  }
};

TEST_F(CudaObserverTest, SeesEveryStep) {
  SessionPointer session = makeSession(hand_cuda);
  Observer observer;
  mobileone_session_observe(session.get(), Observer::observe, &observer);
  expectRightRun(session.get(), 4);
  EXPECT_EQ(observer.steps, (std::vector<uint32_t>{0, 1, 2, 3}));
  ASSERT_EQ(observer.operands.size(), 10u);
  EXPECT_EQ(observer.refusals,
            (std::vector<std::string>{
                "Operand 1 of step 1 lies in scratch memory, which never holds "
                "it whole."}));
  Tensors tensors(hand_cuda, 4);
  EXPECT_EQ(observer.operands[0], tensors.image);
  EXPECT_EQ(observer.operands[1], (std::vector<float>{1, 2, 3, 0}));
  if (kernelsRun()) {
    EXPECT_EQ(observer.operands[4], tensors.expectedMap);
    EXPECT_EQ(observer.operands[9], tensors.expectedLogits);
  }
  mobileone_session_observe(session.get(), nullptr, nullptr);
  reset();
  expectRightRun(session.get(), 4);
  EXPECT_EQ(callsOfDriver().size(), 4u);
}

TEST_F(CudaObserverTest, SeesTensorsOnTheDevice) {
  DeviceMemory image(hand_cuda.inputs[0].bytes),
      map(hand_cuda.outputs[0].bytes), logits(hand_cuda.outputs[1].bytes);
  const void *inputs[] = {image.address()};
  void *outputs[] = {map.address(), logits.address()};
  mobileone_options options = mobileone_default_options();
  options.device_pointers = 1;
  SessionPointer session = makeSession(hand_cuda, options);
  Tensors tensors(hand_cuda, 6);
  image.write(tensors.image);
  Observer observer;
  mobileone_session_observe(session.get(), Observer::observe, &observer);
  ASSERT_EQ(mobileone_run(session.get(), inputs, outputs), MOBILEONE_OK)
      << mobileone_last_error(session.get());
  ASSERT_EQ(observer.operands.size(), 10u);
  EXPECT_EQ(observer.operands[0], tensors.image);
  if (kernelsRun()) {
    EXPECT_EQ(observer.operands[9], tensors.expectedLogits);
  }
}

TEST_F(CudaObserverTest, SeesAllImagesOfABatch) {
  SessionPointer session = makeSession(hand_cuda_batch);
  struct Images {
    std::vector<float> logits;
    static void observe(void *user, mobileone_session *session, uint32_t step) {
      mobileone_dimension dimensions[MOBILEONE_DIMENSIONS];
      mobileone_buffer buffer;
      if (step != 3 || mobileone_session_buffer(session, step, 2, dimensions,
                                                &buffer) != MOBILEONE_OK)
        return;
      auto *elements = reinterpret_cast<const float *>(buffer.host);
      static_cast<Images *>(user)->logits.assign(
          elements, elements + HAND_CUDA_BATCH * HAND_CLASSES);
    }
  } images;
  mobileone_session_observe(session.get(), Images::observe, &images);
  std::vector<float> image(hand_cuda_batch.inputs[0].bytes / 4),
      map(hand_cuda_batch.outputs[0].bytes / 4),
      logits(hand_cuda_batch.outputs[1].bytes / 4);
  for (size_t i = 0; i < image.size(); ++i)
    image[i] = float(i % 7);
  const void *inputs[] = {image.data()};
  void *outputs[] = {map.data(), logits.data()};
  ASSERT_EQ(mobileone_run(session.get(), inputs, outputs), MOBILEONE_OK);
  EXPECT_EQ(std::memcmp(images.logits.data(), logits.data(),
                        hand_cuda_batch.outputs[1].bytes),
            0);
}

TEST_F(CudaObserverTest, NothingIsKnownOutsideOfARun) {
  SessionPointer session = makeSession(hand_cuda);
  mobileone_dimension dimensions[MOBILEONE_DIMENSIONS];
  mobileone_buffer buffer;
  EXPECT_EQ(mobileone_session_buffer(session.get(), 0, 2, dimensions, &buffer),
            MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(session.get()),
               "What lies on a GPU is known only to an observer, during a "
               "run.");
}

TEST_F(CudaObserverTest, FailuresNameTheKernel) {
  SessionPointer session = makeSession(hand_cuda);
  Observer observer;
  mobileone_session_observe(session.get(), Observer::observe, &observer);
  standin::Settings settings;
  settings.failingFunction = "cuStreamSynchronize";
  settings.result = 719;
  reset(settings);
  Tensors tensors(hand_cuda);
  EXPECT_EQ(mobileone_run(session.get(), tensors.inputs(), tensors.outputs()),
            MOBILEONE_DRIVER_FAILED);
  EXPECT_STREQ(mobileone_last_error(session.get()),
               "cuStreamSynchronize for kernel scale_image failed: "
               "CUDA_ERROR_LAUNCH_FAILED (719): unspecified launch failure.");
  reset();
}

} // namespace
