//===- Tile.h - A step's buffers, tile by tile ------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TILE_H
#define MOBILEONE_RUNTIME_TILE_H

#include "mobileone/model_abi.h"

namespace mobileone::runtime {

/// Where each mobileone_space begins, as one worker sees it.
struct Spaces {
  uint8_t *arena;
  const uint8_t *weights;
  uint8_t *scratch;
  const void *const *inputs;
  void *const *outputs;
  const mobileone_model *model;
  /// Which pass runs: which image of each input and output it is about.
  uint32_t pass;
};

/// The address of `operand`'s first element.
uint8_t *operandAddress(const Spaces &spaces, const mobileone_operand &operand);

/// `operand` as a whole, all tiles together, at `address`. `dimensions` has
/// MOBILEONE_DIMENSIONS elements and must live as long as `buffer`.
void describeOperand(const mobileone_operand &operand, uint8_t *address,
                     mobileone_dimension *dimensions, mobileone_buffer &buffer);

/// Runs tiles of one step in one worker. What does not depend on the tile is
/// set up once, by the constructor.
class TileRunner {
public:
  TileRunner(const mobileone_step &step, const Spaces &spaces);
  TileRunner(const TileRunner &) = delete;
  TileRunner &operator=(const TileRunner &) = delete;

  /// Zeroes the borders that belong to `tile`, calls the kernel, returns its
  /// code.
  int32_t run(uint32_t tile);

private:
  void crop(uint32_t operand, uint32_t tile);

  const mobileone_step &step;
  uint8_t *addresses[MOBILEONE_MAX_OPERANDS];
  mobileone_dimension dimensions[MOBILEONE_MAX_OPERANDS][MOBILEONE_DIMENSIONS];
  mobileone_buffer buffers[MOBILEONE_MAX_OPERANDS];
  void *arguments[MOBILEONE_MAX_OPERANDS];
};

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_TILE_H
