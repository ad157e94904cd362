//===- StepCheckTest.cpp - Tests of the checks of a model's table ---------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelFixture.h"

#include <functional>
#include <gtest/gtest.h>
#include <string>

using namespace mobileone::runtime::test;

namespace {

/// Expects that `change` makes the table wrong at operand `operand` of step
/// `step`, "windows" unless said otherwise.
void expectWrong(const std::function<void(EditableModel &)> &change,
                 const std::string &what, unsigned operand,
                 const std::string &step = "1 (windows)") {
  EditableModel edited(hand_small);
  change(edited);
  std::string message = "Model 'hand_small' (generic), step " + step +
                        ", operand " + std::to_string(operand) + ": " + what +
                        ".";
  expectRefusal(edited.model, nullptr, MOBILEONE_INVALID_ARGUMENT,
                message.c_str());
}

TEST(StepCheckTest, Steps) {
  const char *message =
      "Model 'hand_small' (generic), step 2: it has no kernel, more than 32 "
      "operands, or not 1 to 65535 tiles.";
  std::function<void(mobileone_step &)> changes[] = {
      [](mobileone_step &step) { step.kernel = nullptr; },
      [](mobileone_step &step) { step.operand_count = 33; },
      [](mobileone_step &step) { step.tile_count = 0; },
      [](mobileone_step &step) { step.tile_count = 65536; }};
  for (const auto &change : changes) {
    EditableModel edited(hand_small);
    change(edited.steps[2]);
    expectRefusal(edited.model, nullptr, MOBILEONE_INVALID_ARGUMENT, message);
  }
}

TEST(StepCheckTest, Spaces) {
  const char *what = "its space or index does not exist";
  expectWrong([](EditableModel &m) { m.operand(1, 1).space = 5; }, what, 1);
  expectWrong([](EditableModel &m) { m.operand(1, 2).index = 2; }, what, 2);
  expectWrong([](EditableModel &m) { m.operand(0, 0).index = 1; }, what, 0,
              "0 (scale)");
}

TEST(StepCheckTest, StepsWithoutName) {
  expectWrong(
      [](EditableModel &m) {
        m.operand(1, 1).space = 5;
        m.steps[1].name = nullptr;
      },
      "its space or index does not exist", 1, "1 ()");
}

TEST(StepCheckTest, ElementTypes) {
  const char *what = "its elements are not whole bytes";
  for (uint8_t bits : {0, 1, 12})
    expectWrong([=](EditableModel &m) { m.operand(1, 0).type.bits = bits; },
                what, 0);
  expectWrong([](EditableModel &m) { m.operand(1, 0).type.lanes = 4; }, what,
              0);
}

TEST(StepCheckTest, Dimensions) {
  const char *what = "an extent is below 1 or a stride below 0";
  expectWrong([](EditableModel &m) { m.operand(1, 0).dim[1].extent = 0; }, what,
              0);
  expectWrong([](EditableModel &m) { m.operand(1, 0).dim[2].stride = -4; },
              what, 0);
}

TEST(StepCheckTest, Tiles) {
  const char *what = "its tile_dimension does not exist";
  for (int32_t dimension : {-2, 3})
    expectWrong(
        [=](EditableModel &m) { m.operand(1, 2).tile_dimension = dimension; },
        what, 2);
  what = "its last tile is empty";
  for (int32_t extent : {-1, 0, 6})
    expectWrong([=](EditableModel &m) { m.operand(1, 2).tile_extent = extent; },
                what, 2);
}

TEST(StepCheckTest, OperandsBeyondTheirSpace) {
  const char *what = "it reaches beyond its space";
  // One element too far, in each space.
  expectWrong([](EditableModel &m) { m.program().arena_bytes -= 128; }, what, 2,
              "0 (scale)");
  expectWrong([](EditableModel &m) { m.operand(0, 1).offset = 68; }, what, 1,
              "0 (scale)");
  expectWrong([](EditableModel &m) { m.program().scratch_bytes -= 128; }, what,
              1);
  expectWrong([](EditableModel &m) { m.operand(0, 0).offset = 4; }, what, 0,
              "0 (scale)");
  expectWrong([](EditableModel &m) { m.operand(1, 2).offset = 4; }, what, 2);
  // Numbers whose products and sums do not fit 64 bits.
  expectWrong(
      [](EditableModel &m) {
        for (mobileone_dimension &dimension : m.operand(1, 0).dim)
          dimension.extent = dimension.stride = INT32_MAX;
      },
      what, 0);
  expectWrong([](EditableModel &m) { m.operand(1, 0).offset = UINT64_MAX; },
              what, 0);
}

TEST(StepCheckTest, BordersBeyondTheirSpace) {
  const char *what = "it reaches beyond its space";
  auto image = [](EditableModel &m) -> mobileone_operand & {
    return m.operand(0, 2);
  };
  expectWrong([&](EditableModel &m) { image(m).border_above = 2; }, what, 2,
              "0 (scale)");
  expectWrong([&](EditableModel &m) { image(m).border_left = 2; }, what, 2,
              "0 (scale)");
  expectWrong([&](EditableModel &m) { image(m).border_below = 3; }, what, 2,
              "0 (scale)");
  expectWrong([&](EditableModel &m) { image(m).border_right = 20; }, what, 2,
              "0 (scale)");
}

} // namespace
