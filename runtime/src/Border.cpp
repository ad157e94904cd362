//===- Border.cpp - Zeros around activations ------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Border.h"

#include <string.h>

using namespace mobileone::runtime;

namespace {

/// Extent and stride, in bytes, of channels, columns and rows.
struct Box {
  int64_t extent[MOBILEONE_DIMENSIONS];
  int64_t stride[MOBILEONE_DIMENSIONS];
};

/// Zeroes `box` from `start` on with as few and as long writes as its strides
/// allow.
void zero(uint8_t *start, Box box, int64_t elementBytes) {
  int64_t run = elementBytes;
  for (int d = 0; d < MOBILEONE_DIMENSIONS && box.stride[d] == run; ++d) {
    run *= box.extent[d];
    box.extent[d] = 1;
  }
  if (run == 0)
    return;
  for (int64_t y = 0; y < box.extent[2]; ++y)
    for (int64_t x = 0; x < box.extent[1]; ++x)
      for (int64_t c = 0; c < box.extent[0]; ++c)
        memset(start + c * box.stride[0] + x * box.stride[1] +
                   y * box.stride[2],
               0, size_t(run));
}

} // namespace

void mobileone::runtime::zeroBorder(const mobileone_operand &operand,
                                    uint8_t *address, uint32_t tile,
                                    uint32_t tileCount) {
  bool cutsRows = operand.tile_dimension == 2;
  if (!cutsRows && tile != 0)
    return;

  int64_t elementBytes = operand.type.bits / 8;
  int64_t columns = operand.dim[1].extent;
  int64_t firstRow = 0, rows = operand.dim[2].extent;
  if (cutsRows) {
    firstRow = int64_t(tile) * operand.tile_extent;
    rows = rows - firstRow < operand.tile_extent ? rows - firstRow
                                                 : operand.tile_extent;
  }
  Box box;
  for (int d = 0; d < MOBILEONE_DIMENSIONS; ++d) {
    box.extent[d] = operand.dim[d].extent;
    box.stride[d] = operand.dim[d].stride * elementBytes;
  }
  int64_t column = box.stride[1], row = box.stride[2];
  uint8_t *tileStart = address + firstRow * row;

  box.extent[2] = rows;
  box.extent[1] = operand.border_left;
  zero(tileStart - operand.border_left * column, box, elementBytes);
  box.extent[1] = operand.border_right;
  zero(tileStart + columns * column, box, elementBytes);

  box.extent[1] = operand.border_left + columns + operand.border_right;
  uint8_t *rowStart = tileStart - operand.border_left * column;
  if (!cutsRows || tile == 0) {
    box.extent[2] = operand.border_above;
    zero(rowStart - operand.border_above * row, box, elementBytes);
  }
  if (!cutsRows || tile == tileCount - 1) {
    box.extent[2] = operand.border_below;
    zero(rowStart + rows * row, box, elementBytes);
  }
}
