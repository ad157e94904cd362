//===- Tile.cpp - A step's buffers, tile by tile --------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tile.h"
#include "Border.h"

using namespace mobileone::runtime;

namespace {

/// Bytes from the start of the caller's tensor that `operand` names to what
/// this pass is about.
uint64_t offsetOfPass(const Spaces &spaces, const mobileone_operand &operand) {
  if (spaces.pass == 0)
    return 0;
  const mobileone_tensor *tensors = operand.space == MOBILEONE_SPACE_INPUT
                                        ? spaces.model->inputs
                                        : spaces.model->outputs;
  return tensors[operand.index].bytes / spaces.model->batch * spaces.pass;
}

} // namespace

uint8_t *mobileone::runtime::operandAddress(const Spaces &spaces,
                                            const mobileone_operand &operand) {
  uint8_t *base = nullptr;
  switch (operand.space) {
  case MOBILEONE_SPACE_ARENA:
    base = spaces.arena;
    break;
  // Kernels do not write what they get as weights and inputs; the buffer type
  // that they share with Halide just has no const.
  case MOBILEONE_SPACE_WEIGHTS:
    base = const_cast<uint8_t *>(spaces.weights);
    break;
  case MOBILEONE_SPACE_SCRATCH:
    base = spaces.scratch;
    break;
  case MOBILEONE_SPACE_INPUT:
    base = static_cast<uint8_t *>(
        const_cast<void *>(spaces.inputs[operand.index]));
    base += offsetOfPass(spaces, operand);
    break;
  case MOBILEONE_SPACE_OUTPUT:
    base = static_cast<uint8_t *>(spaces.outputs[operand.index]);
    base += offsetOfPass(spaces, operand);
    break;
  }
  return base + operand.offset;
}

void mobileone::runtime::describeOperand(const mobileone_operand &operand,
                                         uint8_t *address,
                                         mobileone_dimension *dimensions,
                                         mobileone_buffer &buffer) {
  for (int d = 0; d < MOBILEONE_DIMENSIONS; ++d)
    dimensions[d] = operand.dim[d];
  buffer.device = 0;
  buffer.device_interface = nullptr;
  buffer.host = address;
  buffer.flags = 0;
  buffer.type = operand.type;
  buffer.dimensions = MOBILEONE_DIMENSIONS;
  buffer.dim = dimensions;
  buffer.padding = nullptr;
}

TileRunner::TileRunner(const mobileone_step &step, const Spaces &spaces)
    : step(step) {
  for (uint32_t i = 0; i < step.operand_count; ++i) {
    addresses[i] = operandAddress(spaces, step.operands[i]);
    describeOperand(step.operands[i], addresses[i], dimensions[i], buffers[i]);
    arguments[i] = &buffers[i];
  }
}

void TileRunner::crop(uint32_t index, uint32_t tile) {
  const mobileone_operand &operand = step.operands[index];
  int32_t d = operand.tile_dimension;
  const mobileone_dimension &whole = operand.dim[d];
  int32_t begin = int32_t(tile) * operand.tile_extent;
  int32_t rest = whole.extent - begin;
  dimensions[index][d].min = whole.min + begin;
  dimensions[index][d].extent =
      rest < operand.tile_extent ? rest : operand.tile_extent;
  // Scratch memory holds one tile at a time.
  if (operand.space != MOBILEONE_SPACE_SCRATCH)
    buffers[index].host = addresses[index] + int64_t(begin) * whole.stride *
                                                 (operand.type.bits / 8);
}

int32_t TileRunner::run(uint32_t tile) {
  for (uint32_t i = 0; i < step.operand_count; ++i) {
    const mobileone_operand &operand = step.operands[i];
    if (operand.tile_dimension >= 0)
      crop(i, tile);
    if (hasBorder(operand))
      zeroBorder(operand, addresses[i], tile, step.tile_count);
  }
  return step.kernel(arguments);
}
