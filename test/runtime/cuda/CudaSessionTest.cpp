//===- CudaSessionTest.cpp - Tests of sessions on a GPU -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaFixture.h"

#include <algorithm>
#include <thread>

using namespace mobileone::runtime::test;
namespace standin = mobileone::standin;

namespace {

class CudaSessionTest : public CudaTest {};

using Calls = std::vector<std::string>;

TEST_F(CudaSessionTest, RunsRight) {
  SessionPointer session = makeSession(hand_cuda);
  for (unsigned seed = 1; seed < 4; ++seed)
    expectRightRun(session.get(), seed);
  EXPECT_STREQ(mobileone_session_device(session.get()), "stand-in GPU 0");
  EXPECT_EQ(mobileone_session_program(session.get()), hand_cuda.programs);
}

TEST_F(CudaSessionTest, CapturesItsLaunchesWhenCreated) {
  SessionPointer session = makeSession(hand_cuda);
  EXPECT_EQ(callsOfDriver(), (Calls{"cuDevicePrimaryCtxRetain",
                                    "cuCtxPushCurrent_v2",
                                    "cuModuleLoadDataEx",
                                    "cuMemAlloc_v2",
                                    "cuMemcpyHtoD_v2",
                                    "cuMemAlloc_v2",
                                    "cuMemAllocHost_v2",
                                    "cuStreamCreate",
                                    "cuModuleGetFunction",
                                    "cuFuncGetAttribute",
                                    "cuModuleGetFunction",
                                    "cuFuncGetAttribute",
                                    "cuModuleGetFunction",
                                    "cuFuncGetAttribute",
                                    "cuModuleGetFunction",
                                    "cuFuncGetAttribute",
                                    "cuModuleGetFunction",
                                    "cuFuncGetAttribute",
                                    "cuStreamBeginCapture_v2",
                                    "cuMemcpyHtoDAsync_v2",
                                    "cuLaunchKernel",
                                    "cuLaunchKernel",
                                    "cuLaunchKernel",
                                    "cuLaunchKernel",
                                    "cuLaunchKernel",
                                    "cuMemcpyDtoHAsync_v2",
                                    "cuMemcpyDtoHAsync_v2",
                                    "cuStreamEndCapture",
                                    "cuGraphInstantiateWithFlags",
                                    "cuGraphUpload",
                                    "cuStreamSynchronize",
                                    "cuCtxPopCurrent_v2"}));
  EXPECT_TRUE(standin::record().launches.empty());
}

TEST_F(CudaSessionTest, ReplaysThemInARun) {
  SessionPointer session = makeSession(hand_cuda);
  for (int run = 0; run < 2; ++run) {
    reset();
    expectRightRun(session.get());
    EXPECT_EQ(callsOfDriver(),
              (Calls{"cuCtxPushCurrent_v2", "cuGraphLaunch",
                     "cuStreamSynchronize", "cuCtxPopCurrent_v2"}));
    EXPECT_EQ(standin::record().launches,
              (Calls{"scale_image", "sum_columns", "sum_rows", "sum_pixels",
                     "classify"}));
  }
}

TEST_F(CudaSessionTest, GivesEverythingBack) {
  SessionPointer session = makeSession(hand_cuda);
  reset();
  session.reset();
  EXPECT_EQ(
      callsOfDriver(),
      (Calls{"cuCtxPushCurrent_v2", "cuStreamSynchronize", "cuGraphExecDestroy",
             "cuGraphDestroy", "cuStreamDestroy_v2", "cuMemFree_v2",
             "cuMemFreeHost", "cuMemFree_v2", "cuModuleUnload",
             "cuCtxPopCurrent_v2", "cuDevicePrimaryCtxRelease_v2"}));
}

TEST_F(CudaSessionTest, SharesWeightsAndCode) {
  SessionPointer first = makeSession(hand_cuda);
  size_t bytes = standin::liveBytes();
  reset();
  SessionPointer second = makeSession(hand_cuda);
  for (const std::string &call : callsOfDriver()) {
    EXPECT_NE(call, "cuModuleLoadDataEx");
    EXPECT_NE(call, "cuMemcpyHtoD_v2");
  }
  EXPECT_EQ(standin::liveBytes() - bytes, bytes - hand_cuda.weights_bytes);
  first.reset();
  expectRightRun(second.get());
}

TEST_F(CudaSessionTest, DoesNotShareWithOtherWeights) {
  mobileone_model outside = hand_cuda;
  outside.weights = nullptr;
  alignas(64) char weights[sizeof(float) * HAND_WEIGHTS];
  std::copy_n(static_cast<const char *>(hand_cuda.weights), sizeof(weights),
              weights);
  mobileone_options options = mobileone_default_options();
  options.weights = weights;
  options.weights_bytes = sizeof(weights);
  SessionPointer inside = makeSession(hand_cuda);
  SessionPointer session = makeSession(outside, options);
  expectRightRun(session.get());
  std::vector<std::string> calls = callsOfDriver();
  EXPECT_EQ(std::count(calls.begin(), calls.end(), "cuModuleLoadDataEx"), 2);
}

TEST_F(CudaSessionTest, ThreadsHaveSessionsOfTheirOwn) {
  std::vector<std::thread> threads;
  for (unsigned seed = 1; seed <= 4; ++seed)
    threads.emplace_back([this, seed] {
      for (int repeat = 0; repeat < 3; ++repeat) {
        SessionPointer session = makeSession(hand_cuda);
        expectRightRun(session.get(), seed);
        expectRightRun(session.get(), seed + 10);
        EXPECT_EQ(standin::stackDepth(), 0);
      }
    });
  for (std::thread &thread : threads)
    thread.join();
}

TEST_F(CudaSessionTest, NeedsNoThreads) {
  mobileone_options options = mobileone_default_options();
  options.threads = 8;
  SessionPointer session = makeSession(hand_cuda, options);
  expectRightRun(session.get());
}

TEST_F(CudaSessionTest, LiesInMemoryOfTheCaller) {
  size_t alignment, bytes;
  ASSERT_EQ(mobileone_session_memory(&hand_cuda, nullptr, &alignment, &bytes),
            MOBILEONE_OK);
  constexpr size_t arguments = 5 + 4 + 4 + 3 + 3;
  constexpr size_t needed = MOBILEONE_SESSION_BYTES(
      (MOBILEONE_LAUNCH_BYTES(HAND_CUDA_LAUNCHES, arguments) + 63) / 64 * 64, 0,
      0);
  EXPECT_EQ(bytes, needed);
  alignas(MOBILEONE_ALIGNMENT) static uint8_t memory[needed + 64];
  std::fill(memory + bytes, memory + sizeof(memory), 0x5a);
  mobileone_session *session = nullptr;
  ASSERT_EQ(
      mobileone_session_create_in(&hand_cuda, nullptr, memory, bytes, &session),
      MOBILEONE_OK);
  expectRightRun(session);
  mobileone_session_destroy(session);
  for (size_t i = bytes; i < sizeof(memory); ++i)
    EXPECT_EQ(memory[i], 0x5a);
}

TEST_F(CudaSessionTest, ComputesABatch) {
  SessionPointer session = makeSession(hand_cuda_batch);
  std::vector<float> image, map, logits;
  for (unsigned seed = 1; seed <= HAND_CUDA_BATCH; ++seed) {
    Tensors one(hand_cuda, seed);
    image.insert(image.end(), one.image.begin(), one.image.end());
    map.insert(map.end(), one.expectedMap.begin(), one.expectedMap.end());
    logits.insert(logits.end(), one.expectedLogits.begin(),
                  one.expectedLogits.end());
  }
  std::vector<float> gotMap(map.size()), gotLogits(logits.size());
  const void *inputs[] = {image.data()};
  void *outputs[] = {gotMap.data(), gotLogits.data()};
  ASSERT_EQ(mobileone_run(session.get(), inputs, outputs), MOBILEONE_OK)
      << mobileone_last_error(session.get());
  if (!kernelsRun())
    return;
  EXPECT_EQ(gotMap, map);
  EXPECT_EQ(gotLogits, logits);
}

} // namespace
