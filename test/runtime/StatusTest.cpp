//===- StatusTest.cpp - Tests of the texts of statuses --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mobileone/runtime.h"

#include <gtest/gtest.h>
#include <set>
#include <string>

namespace {

TEST(StatusTest, EveryStatusHasItsOwnSentence) {
  std::set<std::string> texts;
  for (int status = MOBILEONE_OK; status <= MOBILEONE_DRIVER_FAILED; ++status) {
    std::string text = mobileone_status_text(mobileone_status(status));
    EXPECT_EQ(text.back(), '.');
    EXPECT_TRUE(texts.insert(text).second) << text;
  }
  EXPECT_STREQ(mobileone_status_text(MOBILEONE_OK), "No error.");
  EXPECT_STREQ(mobileone_status_text(MOBILEONE_INVALID_ARGUMENT),
               "An argument is not what the function expects.");
  EXPECT_STREQ(mobileone_status_text(MOBILEONE_OUT_OF_MEMORY),
               "There is not enough memory for the session.");
  EXPECT_STREQ(mobileone_status_text(MOBILEONE_VERSION_MISMATCH),
               "The model was compiled for another version of the runtime.");
  EXPECT_STREQ(mobileone_status_text(MOBILEONE_UNSUPPORTED_CPU),
               "The model has no program that runs on this CPU.");
  EXPECT_STREQ(mobileone_status_text(MOBILEONE_WEIGHTS_MISMATCH),
               "The weights are missing or belong to another model.");
  EXPECT_STREQ(mobileone_status_text(MOBILEONE_KERNEL_FAILED),
               "A kernel of the model returned an error.");
  EXPECT_STREQ(mobileone_status_text(MOBILEONE_THREADS_FAILED),
               "The session's threads could not be started.");
  EXPECT_STREQ(mobileone_status_text(MOBILEONE_NO_DEVICE),
               "There is no GPU that the model runs on.");
  EXPECT_STREQ(mobileone_status_text(MOBILEONE_DRIVER_FAILED),
               "A call of the GPU's driver failed.");
}

TEST(StatusTest, UnknownStatus) {
  EXPECT_STREQ(
      mobileone_status_text(mobileone_status(MOBILEONE_DRIVER_FAILED + 1)),
      "Unknown status.");
}

} // namespace
