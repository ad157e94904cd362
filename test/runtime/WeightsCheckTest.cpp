//===- WeightsCheckTest.cpp - Tests of the comparison of weights ----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelFixture.h"
#include "runtime/src/Sha256.h"

#include <gtest/gtest.h>
#include <string>

using namespace mobileone::runtime;
using namespace mobileone::runtime::test;

namespace {

uint64_t prefixOf(const std::string &text) {
  return sha256Prefix(reinterpret_cast<const uint8_t *>(text.data()),
                      text.size());
}

// The first two values are FIPS 180-2's examples B.1 and B.2.
TEST(Sha256Test, KnownValues) {
  EXPECT_EQ(prefixOf("abc"), 0xba7816bf8f01cfeau);
  EXPECT_EQ(
      prefixOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
      0x248d6a61d20638b8u);
  EXPECT_EQ(prefixOf(""), 0xe3b0c44298fc1c14u);
}

/// Lengths around the points where the padding needs another block, compared
/// with what Python's hashlib says.
TEST(Sha256Test, LengthsAroundBlocks) {
  std::pair<size_t, uint64_t> expected[] = {
      {1, 0xca978112ca1bbdcau},   {54, 0xa3f01b6939256127u},
      {55, 0x9f4390f8d30c2dd9u},  {56, 0xb35439a4ac6f0948u},
      {57, 0xf13b2d724659eb3bu},  {63, 0x7d3e74a05d7db15bu},
      {64, 0xffe054fe7ae0cb6du},  {65, 0x635361c48bb9eab1u},
      {119, 0x31eba51c313a5c08u}, {120, 0x2f3d335432c70b58u},
      {128, 0x6836cf13bac400e9u}, {1000, 0x41edece42d63e8d9u},
  };
  for (auto [length, value] : expected)
    EXPECT_EQ(prefixOf(std::string(length, 'a')), value) << length;
}

TEST(WeightsCheckTest, AcceptsTheModelsOwn) {
  EditableModel edited(hand_small);
  edited.model.weights_id =
      sha256Prefix(static_cast<const uint8_t *>(edited.model.weights), 80);
  EXPECT_EQ(mobileone_check_weights(&edited.model, edited.model.weights, 80),
            MOBILEONE_OK);
}

TEST(WeightsCheckTest, RefusesOthers) {
  EditableModel edited(hand_small);
  edited.model.weights_id = 0x123456789abcdefu;
  auto expectError = [&](const void *weights, uint64_t bytes,
                         mobileone_status status, const char *message) {
    EXPECT_EQ(mobileone_check_weights(&edited.model, weights, bytes), status);
    EXPECT_STREQ(mobileone_last_error(nullptr), message);
  };
  expectError(nullptr, 80, MOBILEONE_INVALID_ARGUMENT, "weights is NULL.");
  expectError(edited.model.weights, 76, MOBILEONE_WEIGHTS_MISMATCH,
              "Model 'hand_small' has 80 bytes of weights, these are 76.");
  expectError(edited.model.weights, 80, MOBILEONE_WEIGHTS_MISMATCH,
              "Model 'hand_small' wants the weights whose SHA-256 begins with "
              "0123456789abcdef, that of these begins with c5fa2539775924fe.");
  edited.model.abi_version = 3;
  EXPECT_EQ(mobileone_check_weights(&edited.model, edited.model.weights, 80),
            MOBILEONE_VERSION_MISMATCH);
}

} // namespace
