//===- BorderTest.cpp - Tests of the zeros around activations -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/src/Border.h"

#include <gtest/gtest.h>
#include <vector>

using namespace mobileone::runtime;

namespace {

/// Where borders are zeroed: every element counts how often it was. Elements
/// are bytes of 100 that zeroing sets to 0.
struct Canvas {
  static constexpr int rowPixels = 16, rows = 20, channelStride = 1;
  int channels, pixelStride;
  mobileone_operand operand = {};
  std::vector<uint8_t> bytes;
  std::vector<int> writes;

  Canvas(int channels, int pixelStride, int width, int height,
         int32_t tileDimension, int32_t tileExtent)
      : channels(channels), pixelStride(pixelStride) {
    int row = rowPixels * pixelStride;
    operand.type = {MOBILEONE_CODE_UINT, 8, 1};
    operand.tile_dimension = tileDimension;
    operand.tile_extent = tileExtent;
    operand.border_left = 2;
    operand.border_right = 1;
    operand.border_above = 3;
    operand.border_below = 4;
    operand.dim[0] = {0, channels, channelStride, 0};
    operand.dim[1] = {0, width, pixelStride, 0};
    operand.dim[2] = {0, height, row, 0};
    writes.assign(size_t(row) * rows, 0);
  }

  uint8_t *origin() { return bytes.data() + at(0, 0, 0); }
  int at(int c, int x, int y) const {
    return ((y + 5) * rowPixels + x + 4) * pixelStride + c;
  }

  void zeroTile(uint32_t tile, uint32_t tileCount) {
    bytes.assign(writes.size(), 100);
    zeroBorder(operand, origin(), tile, tileCount);
    for (size_t i = 0; i < bytes.size(); ++i)
      writes[i] += bytes[i] == 0;
  }

  /// 1 for the channels of border pixels, else 0.
  std::vector<int> expected() const {
    std::vector<int> result(writes.size(), 0);
    int width = operand.dim[1].extent, height = operand.dim[2].extent;
    for (int y = -operand.border_above; y < height + operand.border_below; ++y)
      for (int x = -operand.border_left; x < width + operand.border_right; ++x)
        for (int c = 0; c < channels; ++c)
          if (x < 0 || x >= width || y < 0 || y >= height)
            result[at(c, x, y)] = 1;
    return result;
  }
};

TEST(BorderTest, TilesOfRowsWriteEveryBytesOnce) {
  // Channels that fill their pixels, and channels with a gap behind them.
  for (int pixelStride : {3, 5}) {
    Canvas canvas(3, pixelStride, 7, 8, 2, 3);
    for (uint32_t tile = 0; tile < 3; ++tile)
      canvas.zeroTile(tile, 3);
    EXPECT_EQ(canvas.writes, canvas.expected());
  }
}

TEST(BorderTest, TilesOfRowsWriteBesideTheirOwnRows) {
  Canvas canvas(3, 3, 7, 8, 2, 3);
  canvas.zeroTile(1, 3);
  for (int y = -5; y < 15; ++y)
    EXPECT_EQ(canvas.writes[canvas.at(0, -1, y)], y >= 3 && y < 6) << y;
}

TEST(BorderTest, OtherTilesLeaveItToTheFirst) {
  for (int32_t dimension : {-1, 0, 1}) {
    Canvas canvas(4, 4, 7, 8, dimension, 2);
    canvas.zeroTile(0, 2);
    EXPECT_EQ(canvas.writes, canvas.expected());
    canvas.zeroTile(1, 2);
    EXPECT_EQ(canvas.writes, canvas.expected());
  }
}

TEST(BorderTest, OneTileOfRows) {
  Canvas canvas(4, 4, 7, 8, 2, 8);
  canvas.zeroTile(0, 1);
  EXPECT_EQ(canvas.writes, canvas.expected());
}

TEST(BorderTest, ChannelsApart) {
  // NCHW: channels have the largest stride.
  mobileone_operand operand = {};
  operand.type = {MOBILEONE_CODE_FLOAT, 32, 1};
  operand.tile_dimension = -1;
  operand.border_left = operand.border_right = 1;
  operand.dim[0] = {0, 2, 12, 0};
  operand.dim[1] = {0, 2, 1, 0};
  operand.dim[2] = {0, 3, 4, 0};
  std::vector<float> values(24, 1);
  zeroBorder(operand, reinterpret_cast<uint8_t *>(&values[1]), 0, 1);
  std::vector<float> expected;
  for (int row = 0; row < 6; ++row)
    expected.insert(expected.end(), {0, 1, 1, 0});
  EXPECT_EQ(values, expected);
}

TEST(BorderTest, NoBorder) {
  mobileone_operand operand = {};
  EXPECT_FALSE(hasBorder(operand));
  for (uint8_t mobileone_operand::*side :
       {&mobileone_operand::border_left, &mobileone_operand::border_right,
        &mobileone_operand::border_above, &mobileone_operand::border_below}) {
    mobileone_operand bordered = {};
    bordered.*side = 1;
    EXPECT_TRUE(hasBorder(bordered));
  }
}

} // namespace
