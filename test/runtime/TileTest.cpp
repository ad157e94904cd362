//===- TileTest.cpp - Tests of a step's buffers ---------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/src/Tile.h"

#include <gtest/gtest.h>
#include <vector>

using namespace mobileone::runtime;

namespace {

/// What a kernel was called with, call by call.
std::vector<std::vector<mobileone_buffer>> calls;
std::vector<std::vector<std::vector<mobileone_dimension>>> callDimensions;

int32_t record(void **arguments) {
  std::vector<mobileone_buffer> buffers;
  std::vector<std::vector<mobileone_dimension>> dimensions;
  for (int i = 0; i < 2; ++i) {
    auto *buffer = static_cast<mobileone_buffer *>(arguments[i]);
    buffers.push_back(*buffer);
    dimensions.emplace_back(buffer->dim, buffer->dim + 3);
  }
  calls.push_back(buffers);
  callDimensions.push_back(dimensions);
  return int32_t(calls.size());
}

struct TileTest : testing::Test {
  TileTest() {
    calls.clear();
    callDimensions.clear();
    for (mobileone_operand &operand : operands) {
      operand.type = {MOBILEONE_CODE_FLOAT, 32, 1};
      operand.tile_dimension = 2;
      operand.tile_extent = 3;
      operand.dim[0] = {0, 4, 1, 0};
      operand.dim[1] = {-1, 10, 4, 0};
      operand.dim[2] = {-2, 8, 40, 0};
    }
    step.name = "recorded";
    step.kernel = record;
    step.operands = operands;
    step.operand_count = 2;
    step.tile_count = 3;
  }

  uint8_t arena[4096], scratch[64];
  const void *inputs[2] = {arena + 1000, arena + 2000};
  void *outputs[2] = {arena + 3000, arena + 3500};
  Spaces spaces = {arena, arena + 500, scratch, inputs, outputs, nullptr, 0};
  mobileone_operand operands[2] = {};
  mobileone_step step = {};
};

TEST_F(TileTest, AddressesOfSpaces) {
  mobileone_operand operand = {};
  operand.offset = 12;
  operand.index = 1;
  std::pair<mobileone_space, const void *> expected[] = {
      {MOBILEONE_SPACE_ARENA, arena + 12},
      {MOBILEONE_SPACE_WEIGHTS, arena + 512},
      {MOBILEONE_SPACE_SCRATCH, scratch + 12},
      {MOBILEONE_SPACE_INPUT, arena + 2012},
      {MOBILEONE_SPACE_OUTPUT, arena + 3512}};
  for (auto [space, address] : expected) {
    operand.space = space;
    EXPECT_EQ(operandAddress(spaces, operand), address) << space;
  }
}

TEST_F(TileTest, EachPassHasItsPartOfInputsAndOutputs) {
  mobileone_tensor images[2] = {}, results[2] = {};
  images[1].bytes = 300;
  results[1].bytes = 60;
  mobileone_model model = {};
  model.inputs = images;
  model.outputs = results;
  model.batch = 3;
  spaces.model = &model;
  spaces.pass = 2;
  mobileone_operand operand = {};
  operand.offset = 12;
  operand.index = 1;
  std::pair<mobileone_space, const void *> expected[] = {
      {MOBILEONE_SPACE_ARENA, arena + 12},
      {MOBILEONE_SPACE_WEIGHTS, arena + 512},
      {MOBILEONE_SPACE_SCRATCH, scratch + 12},
      {MOBILEONE_SPACE_INPUT, arena + 2012 + 200},
      {MOBILEONE_SPACE_OUTPUT, arena + 3512 + 40}};
  for (auto [space, address] : expected) {
    operand.space = space;
    EXPECT_EQ(operandAddress(spaces, operand), address) << space;
  }
}

TEST_F(TileTest, WholeBuffers) {
  operands[0].tile_dimension = operands[1].tile_dimension = -1;
  operands[0].offset = 64;
  TileRunner runner(step, spaces);
  EXPECT_EQ(runner.run(2), 1);
  const mobileone_buffer &buffer = calls[0][0];
  EXPECT_EQ(buffer.device, 0u);
  EXPECT_EQ(buffer.device_interface, nullptr);
  EXPECT_EQ(buffer.host, arena + 64);
  EXPECT_EQ(buffer.flags, 0u);
  EXPECT_EQ(buffer.type.bits, 32);
  EXPECT_EQ(buffer.dimensions, 3);
  EXPECT_EQ(buffer.padding, nullptr);
  for (int d = 0; d < 3; ++d) {
    EXPECT_EQ(callDimensions[0][0][d].min, operands[0].dim[d].min);
    EXPECT_EQ(callDimensions[0][0][d].extent, operands[0].dim[d].extent);
    EXPECT_EQ(callDimensions[0][0][d].stride, operands[0].dim[d].stride);
    EXPECT_EQ(callDimensions[0][0][d].flags, 0u);
  }
}

TEST_F(TileTest, TilesAreCropsAndTheLastIsSmaller) {
  operands[1].space = MOBILEONE_SPACE_SCRATCH;
  TileRunner runner(step, spaces);
  // In any order, also the same again.
  int order[] = {2, 0, 1, 0};
  for (int i = 0; i < 4; ++i) {
    int tile = order[i];
    EXPECT_EQ(runner.run(uint32_t(tile)), i + 1);
    EXPECT_EQ(calls[i][0].host, arena + tile * 3 * 40 * 4);
    EXPECT_EQ(calls[i][1].host, scratch) << "scratch holds one tile at a time";
    for (int operand = 0; operand < 2; ++operand) {
      const auto &dimensions = callDimensions[i][operand];
      EXPECT_EQ(dimensions[2].min, -2 + tile * 3);
      EXPECT_EQ(dimensions[2].extent, tile == 2 ? 2 : 3);
      EXPECT_EQ(dimensions[1].min, -1);
      EXPECT_EQ(dimensions[1].extent, 10);
    }
  }
}

TEST_F(TileTest, TilesOfChannels) {
  operands[0].tile_dimension = 0;
  operands[0].tile_extent = 3;
  step.tile_count = 2;
  TileRunner runner(step, spaces);
  runner.run(1);
  EXPECT_EQ(calls[0][0].host, arena + 3 * 4);
  EXPECT_EQ(callDimensions[0][0][0].min, 3);
  EXPECT_EQ(callDimensions[0][0][0].extent, 1);
}

} // namespace
