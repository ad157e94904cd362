//===- digits.c - A model for the programs in the README ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One kernel that copies the first pixels to the logits.
//
//===----------------------------------------------------------------------===//

#include "digits.h"

#define F32 {MOBILEONE_CODE_FLOAT, 32, 1}
#define FLOATS(count) ((count) * sizeof(float))

static int32_t copyPixels(void **arguments) {
  const mobileone_buffer *image = arguments[0], *logits = arguments[1];
  for (int i = 0; i < DIGITS_LOGITS_ELEMENTS; ++i)
    ((float *)logits->host)[i] = ((const float *)image->host)[i];
  return 0;
}

static const mobileone_operand operands[] = {
    {.space = MOBILEONE_SPACE_INPUT,
     .type = F32,
     .tile_dimension = -1,
     .dim = {{0, DIGITS_IMAGE_ELEMENTS, 1, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}}},
    {.space = MOBILEONE_SPACE_OUTPUT,
     .type = F32,
     .tile_dimension = -1,
     .dim = {{0, DIGITS_LOGITS_ELEMENTS, 1, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}}}};
static const mobileone_step steps[] = {
    {"copy", copyPixels, operands, 2, 1, 0, NULL, 0}};
static const mobileone_program programs[] = {
    {MOBILEONE_LEVEL_BASELINE, "generic", 0, 0, steps, 1, 1, NULL, 0}};
static const mobileone_tensor inputs[] = {{"image",
                                           F32,
                                           MOBILEONE_LAYOUT_NHWC,
                                           4,
                                           {1, 8, 8, 1},
                                           FLOATS(DIGITS_IMAGE_ELEMENTS)}};
static const mobileone_tensor outputs[] = {{"logits",
                                            F32,
                                            MOBILEONE_LAYOUT_NC,
                                            2,
                                            {1, 10},
                                            FLOATS(DIGITS_LOGITS_ELEMENTS)}};

const mobileone_model digits = {.abi_version = MOBILEONE_ABI_VERSION,
                                .struct_bytes = sizeof(mobileone_model),
                                .name = "digits",
                                .inputs = inputs,
                                .outputs = outputs,
                                .input_count = 1,
                                .output_count = 1,
                                .programs = programs,
                                .program_count = 1,
                                .batch = 1};
