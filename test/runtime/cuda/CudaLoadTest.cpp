//===- CudaLoadTest.cpp - Tests of drivers that are too old or refuse ---===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// A driver that works is kept until the process ends, so these are a program of
// their own and the last test is the one that works.
//
//===----------------------------------------------------------------------===//

#include "CudaFixture.h"

using namespace mobileone::runtime::test;
namespace standin = mobileone::standin;

namespace {

TEST(CudaLoadTest, EachThatFailsThenOneThatWorks) {
  standin::Settings settings;
  settings.failingFunction = "cuInit";
  settings.result = 100;
  standin::reset(settings);
  expectRefusal(hand_cuda, nullptr, MOBILEONE_NO_DEVICE,
                "cuInit failed: CUDA_ERROR_NO_DEVICE (100): no CUDA-capable "
                "device is detected.");
  settings.failingFunction = "cuDriverGetVersion";
  settings.result = 999;
  standin::reset(settings);
  expectRefusal(hand_cuda, nullptr, MOBILEONE_NO_DEVICE,
                "cuDriverGetVersion failed: CUDA_ERROR_UNKNOWN (999): unknown "
                "error.");
  settings.failingFunction = "";
  settings.version = 11030;
  standin::reset(settings);
  expectRefusal(hand_cuda, nullptr, MOBILEONE_NO_DEVICE,
                "The NVIDIA driver is one of CUDA 11.3; 11.4 or later is "
                "needed.");
  settings.version = 11040;
  standin::reset(settings);
  makeSession(hand_cuda);
  EXPECT_EQ(standin::liveObjects(), 0);
}

} // namespace
