//===- StepCheck.cpp - Checks a model's table -----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Configuration.h"

using namespace mobileone::runtime;

namespace {

/// Names the place in the table that a message is about.
struct Place {
  const mobileone_model &model;
  const mobileone_program &program;
  uint32_t step;
  uint32_t operand;
};

mobileone_status failAt(const Place &place, const char *what,
                        ErrorText &error) {
  const char *name = place.program.steps[place.step].name;
  return fail(error, MOBILEONE_INVALID_ARGUMENT,
              "Model '%s' (%s), step %u (%s), operand %u: %s.",
              place.model.name, place.program.target, place.step,
              name ? name : "", place.operand, what);
}

/// Bytes of what one pass of the program computes, or reads, of a tensor.
int64_t passBytes(const Place &place, const mobileone_tensor &tensor) {
  return int64_t(tensor.bytes / place.model.batch * place.program.images);
}

/// Bytes of the space that `operand` lies in, or -1 if there is no such.
int64_t spaceBytes(const Place &place, const mobileone_operand &operand) {
  const mobileone_model &model = place.model;
  switch (operand.space) {
  case MOBILEONE_SPACE_ARENA:
    return int64_t(place.program.arena_bytes);
  case MOBILEONE_SPACE_WEIGHTS:
    return int64_t(model.weights_bytes);
  case MOBILEONE_SPACE_SCRATCH:
    return int64_t(place.program.scratch_bytes);
  case MOBILEONE_SPACE_INPUT:
    return operand.index < model.input_count
               ? passBytes(place, model.inputs[operand.index])
               : -1;
  case MOBILEONE_SPACE_OUTPUT:
    return operand.index < model.output_count
               ? passBytes(place, model.outputs[operand.index])
               : -1;
  }
  return -1;
}

/// Whether `operand`, all its tiles and images and its border lie in `bytes`
/// bytes.
bool liesWithin(const mobileone_operand &operand, uint32_t images,
                int64_t bytes) {
  // Beyond any memory, and small enough that sums of it cannot overflow.
  constexpr int64_t limit = int64_t(1) << 48;
  int64_t elementBytes = operand.type.bits / 8;
  int64_t last = 0;
  for (int d = 0; d < MOBILEONE_DIMENSIONS; ++d) {
    int64_t extent = operand.dim[d].extent;
    if (operand.space == MOBILEONE_SPACE_SCRATCH &&
        operand.tile_dimension == d && operand.tile_extent < extent)
      extent = operand.tile_extent;
    int64_t reach = (extent - 1) * operand.dim[d].stride;
    if (reach > limit)
      return false;
    last += reach;
  }
  if (operand.image_stride > uint64_t(limit) / images)
    return false;
  last += int64_t(images - 1) * int64_t(operand.image_stride);
  int64_t column = operand.dim[1].stride, row = operand.dim[2].stride;
  int64_t before = operand.border_left * column + operand.border_above * row;
  int64_t after = operand.border_right * column + operand.border_below * row;
  if (operand.offset > uint64_t(limit))
    return false;
  int64_t offset = int64_t(operand.offset);
  return offset - before * elementBytes >= 0 &&
         offset + (last + after + 1) * elementBytes <= bytes;
}

mobileone_status checkOperand(const Place &place,
                              const mobileone_operand &operand,
                              uint32_t tileCount, ErrorText &error) {
  int64_t bytes = spaceBytes(place, operand);
  if (bytes < 0)
    return failAt(place, "its space or index does not exist", error);
  if (operand.type.bits == 0 || operand.type.bits % 8 ||
      operand.type.lanes != 1)
    return failAt(place, "its elements are not whole bytes", error);
  for (const mobileone_dimension &dimension : operand.dim)
    if (dimension.extent < 1 || dimension.stride < 0)
      return failAt(place, "an extent is below 1 or a stride below 0", error);
  int32_t cut = operand.tile_dimension;
  if (cut < -1 || cut >= MOBILEONE_DIMENSIONS)
    return failAt(place, "its tile_dimension does not exist", error);
  if (cut >= 0 &&
      (operand.tile_extent < 1 ||
       int64_t(tileCount - 1) * operand.tile_extent >= operand.dim[cut].extent))
    return failAt(place, "its last tile is empty", error);
  if (!liesWithin(operand, place.program.images, bytes))
    return failAt(place, "it reaches beyond its space", error);
  return MOBILEONE_OK;
}

/// Checks the counts of `step`.
mobileone_status checkStep(const mobileone_model &model,
                           const mobileone_program &program, uint32_t index,
                           ErrorText &error) {
  const mobileone_step &step = program.steps[index];
  bool isLaunched = step.launch_count != 0;
  bool isOfItsDevice =
      isForGpu(program)
          ? isLaunched && step.launches && !step.kernel && step.tile_count == 1
          : !isLaunched && !step.launches && step.kernel;
  if (!isOfItsDevice || step.operand_count > MOBILEONE_MAX_OPERANDS ||
      step.tile_count < 1 || step.tile_count > MOBILEONE_MAX_TILES)
    return fail(error, MOBILEONE_INVALID_ARGUMENT,
                "Model '%s' (%s), step %u: it has no %s, more than %d "
                "operands, or not 1 to %d tiles.",
                model.name, program.target, index,
                isForGpu(program) ? "launches" : "kernel",
                MOBILEONE_MAX_OPERANDS,
                isForGpu(program) ? 1 : MOBILEONE_MAX_TILES);
  return isLaunched ? checkLaunches(model, program, index, error)
                    : MOBILEONE_OK;
}

/// Checks that passes of the program make up the model's batch.
mobileone_status checkImages(const mobileone_model &model,
                             const mobileone_program &program,
                             ErrorText &error) {
  uint32_t wanted = isForGpu(program) ? model.batch : 1;
  if (model.batch >= 1 && program.images == wanted)
    return MOBILEONE_OK;
  return fail(error, MOBILEONE_INVALID_ARGUMENT,
              "Model '%s' (%s): its batch is %u, and a pass computes %u of it.",
              model.name, program.target, model.batch, program.images);
}

} // namespace

mobileone_status
mobileone::runtime::checkSteps(const mobileone_model &model,
                               const mobileone_program &program,
                               ErrorText &error) {
  mobileone_status status = checkImages(model, program, error);
  if (status == MOBILEONE_OK && isForGpu(program))
    status = checkDeviceCode(model, program, error);
  for (uint32_t i = 0; i < program.step_count && status == MOBILEONE_OK; ++i) {
    const mobileone_step &step = program.steps[i];
    status = checkStep(model, program, i, error);
    for (uint32_t k = 0; k < step.operand_count && status == MOBILEONE_OK;
         ++k) {
      Place place = {model, program, i, k};
      status = checkOperand(place, step.operands[k], step.tile_count, error);
    }
  }
  return status;
}
