//===- CudaMissingTest.cpp - Tests without a driver that can be used ----===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// Compiled twice, with MOBILEONE_PROBLEM, the beginning of what is to be said,
// for libraries that are found in place of the driver.
//
//===----------------------------------------------------------------------===//

#include "HandWrittenCudaModel.h"
#include "test/runtime/ModelFixture.h"

#include <gmock/gmock.h>

using namespace mobileone::runtime::test;

namespace {

TEST(CudaMissingTest, SaysWhatIsWrong) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    mobileone_session *session = nullptr;
    EXPECT_EQ(mobileone_session_create(&hand_cuda, nullptr, &session),
              MOBILEONE_NO_DEVICE);
    EXPECT_EQ(session, nullptr);
    EXPECT_THAT(mobileone_last_error(nullptr),
                testing::StartsWith(MOBILEONE_PROBLEM));
  }
  EXPECT_FALSE(mobileone_level_supported(MOBILEONE_LEVEL_CUDA));
}

TEST(CudaMissingTest, FallsBackToTheCpu) {
  mobileone_program programs[] = {hand_cuda.programs[0],
                                  hand_small.programs[0]};
  mobileone_model model = hand_cuda;
  model.programs = programs;
  model.program_count = 2;
  SessionPointer session = makeSession(model);
  Tensors tensors(hand_small);
  expectRightRun(session.get(), tensors);
}

} // namespace
