//===- HandWrittenModel.c - A model without a compiler --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The ABI by example: what a compiled model consists of, in plain C. Compiled
// several times, with these parameters:
//
//   MODEL          the symbol
//   HEIGHT         rows of the input
//   TILE_ROWS      rows that a tile has
//   WEIGHT_FACTOR  what weights are multiplied with
//   BATCH          images of a run
//
//===----------------------------------------------------------------------===//

#include "HandWrittenModel.h"

#define W HAND_WIDTH
#define C HAND_CHANNELS
#define F WEIGHT_FACTOR
#define TILES ((HEIGHT + TILE_ROWS - 1) / TILE_ROWS)
#define FLOATS(n) ((n) * sizeof(float))
#define ROUND_UP(n) (((n) + 63) / 64 * 64)

#define F32 {MOBILEONE_CODE_FLOAT, 32, 1}

/* The element (c, x, y) of an argument. */
static float *at(void *argument, int c, int x, int y) {
  const mobileone_buffer *b = argument;
  const mobileone_dimension *d = b->dim;
  return (float *)b->host + (c - d[0].min) * d[0].stride +
         (x - d[1].min) * d[1].stride + (y - d[2].min) * d[2].stride;
}

/* [min, end) of dimension d of an argument. */
static int first(void *argument, int d) {
  return ((const mobileone_buffer *)argument)->dim[d].min;
}
static int end(void *argument, int d) {
  return first(argument, d) +
         ((const mobileone_buffer *)argument)->dim[d].extent;
}

/* image, scales -> scaled image with a fourth channel of zeros. */
static int32_t scaleImage(void **arguments) {
  void *image = arguments[0], *scales = arguments[1], *result = arguments[2];
  for (int y = first(result, 2); y < end(result, 2); ++y)
    for (int x = 0; x < W; ++x)
      for (int c = 0; c < C; ++c)
        *at(result, c, x, y) = c < HAND_INPUT_CHANNELS
                                   ? *at(image, c, x, y) * *at(scales, c, 0, 0)
                                   : 0;
  return 0;
}

/* scaled image, column sums (scratch) -> sums over 3x3 windows. */
static int32_t sumWindows(void **arguments) {
  void *image = arguments[0], *columns = arguments[1], *result = arguments[2];
  for (int y = first(columns, 2); y < end(columns, 2); ++y)
    for (int x = -1; x <= W; ++x)
      for (int c = 0; c < C; ++c)
        *at(columns, c, x, y) = *at(image, c, x, y - 1) + *at(image, c, x, y) +
                                *at(image, c, x, y + 1);
  for (int y = first(result, 2); y < end(result, 2); ++y)
    for (int x = 0; x < W; ++x)
      for (int c = 0; c < C; ++c)
        *at(result, c, x, y) = *at(columns, c, x - 1, y) +
                               *at(columns, c, x, y) +
                               *at(columns, c, x + 1, y);
  return 0;
}

/* map -> sums per channel. */
static int32_t sumPixels(void **arguments) {
  void *map = arguments[0], *sums = arguments[1];
  for (int c = first(sums, 0); c < end(sums, 0); ++c) {
    float sum = 0;
    for (int y = 0; y < HEIGHT; ++y)
      for (int x = 0; x < W; ++x)
        sum += *at(map, c, x, y);
    *at(sums, c, 0, 0) = sum;
  }
  return 0;
}

/* sums, matrix -> logits. */
static int32_t classify(void **arguments) {
  void *sums = arguments[0], *matrix = arguments[1], *logits = arguments[2];
  for (int n = 0; n < HAND_CLASSES; ++n) {
    float sum = 0;
    for (int c = 0; c < C; ++c)
      sum += *at(sums, c, 0, 0) * *at(matrix, c, n, 0);
    *at(logits, n, 0, 0) = sum;
  }
  return 0;
}

/* Scales per channel, then the matrix [class][channel]. */
static const float weights[HAND_WEIGHTS] __attribute__((aligned(64))) = {
    1 * F, 2 * F, 3 * F, 0, 1 * F, 0, 0,     0,     0,     2 * F,
    0,     0,     0,     0, 3 * F, 0, 1 * F, 1 * F, 1 * F, 0};

/* The arena: the scaled image within a border of one pixel, then the sums. */
#define ROW ((W + 2) * C)
#define IMAGE_BYTES ROUND_UP(FLOATS((HEIGHT + 2) * ROW))
#define ARENA_BYTES (IMAGE_BYTES + ROUND_UP(FLOATS(C)))
#define SCRATCH_BYTES ROUND_UP(FLOATS(TILE_ROWS *ROW))

static const mobileone_operand scaleOperands[] = {
    {.space = MOBILEONE_SPACE_INPUT,
     .type = F32,
     .tile_dimension = 2,
     .tile_extent = TILE_ROWS,
     .dim = {{0, HAND_INPUT_CHANNELS, 1, 0},
             {0, W, HAND_INPUT_CHANNELS, 0},
             {0, HEIGHT, W * HAND_INPUT_CHANNELS, 0}}},
    {.space = MOBILEONE_SPACE_WEIGHTS,
     .type = F32,
     .tile_dimension = -1,
     .dim = {{0, C, 1, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}}},
    {.space = MOBILEONE_SPACE_ARENA,
     .offset = FLOATS(ROW + C),
     .type = F32,
     .tile_dimension = 2,
     .tile_extent = TILE_ROWS,
     .border_left = 1,
     .border_right = 1,
     .border_above = 1,
     .border_below = 1,
     .dim = {{0, C, 1, 0}, {0, W, C, 0}, {0, HEIGHT, ROW, 0}}}};

static const mobileone_operand windowOperands[] = {
    {.space = MOBILEONE_SPACE_ARENA,
     .type = F32,
     .tile_dimension = -1,
     .dim = {{0, C, 1, 0}, {-1, W + 2, C, 0}, {-1, HEIGHT + 2, ROW, 0}}},
    {.space = MOBILEONE_SPACE_SCRATCH,
     .type = F32,
     .tile_dimension = 2,
     .tile_extent = TILE_ROWS,
     .dim = {{0, C, 1, 0}, {-1, W + 2, C, 0}, {0, HEIGHT, ROW, 0}}},
    {.space = MOBILEONE_SPACE_OUTPUT,
     .index = 0,
     .type = F32,
     .tile_dimension = 2,
     .tile_extent = TILE_ROWS,
     .dim = {{0, C, 1, 0}, {0, W, C, 0}, {0, HEIGHT, W * C, 0}}}};

static const mobileone_operand sumOperands[] = {
    {.space = MOBILEONE_SPACE_OUTPUT,
     .index = 0,
     .type = F32,
     .tile_dimension = 0,
     .tile_extent = 1,
     .dim = {{0, C, 1, 0}, {0, W, C, 0}, {0, HEIGHT, W * C, 0}}},
    {.space = MOBILEONE_SPACE_ARENA,
     .offset = IMAGE_BYTES,
     .type = F32,
     .tile_dimension = 0,
     .tile_extent = 1,
     .dim = {{0, C, 1, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}}}};

static const mobileone_operand classifyOperands[] = {
    {.space = MOBILEONE_SPACE_ARENA,
     .offset = IMAGE_BYTES,
     .type = F32,
     .tile_dimension = -1,
     .dim = {{0, C, 1, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}}},
    {.space = MOBILEONE_SPACE_WEIGHTS,
     .offset = FLOATS(C),
     .type = F32,
     .tile_dimension = -1,
     .dim = {{0, C, 1, 0}, {0, HAND_CLASSES, C, 0}, {0, 1, 0, 0}}},
    {.space = MOBILEONE_SPACE_OUTPUT,
     .index = 1,
     .type = F32,
     .tile_dimension = -1,
     .dim = {{0, HAND_CLASSES, 1, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}}}};

static const mobileone_step steps[] = {
    {"scale", scaleImage, scaleOperands, 3, TILES, HEIGHT * W * C, NULL, 0},
    {"windows", sumWindows, windowOperands, 3, TILES, 0, NULL, 0},
    {"sums", sumPixels, sumOperands, 2, C, 0, NULL, 0},
    {"classify", classify, classifyOperands, 3, 1, HAND_CLASSES * C, NULL, 0}};

static const mobileone_program programs[] = {
    {MOBILEONE_LEVEL_BASELINE, "generic", ARENA_BYTES, SCRATCH_BYTES, steps, 4,
     1, NULL, 0}};

static const mobileone_tensor inputs[] = {
    {"image",
     F32,
     MOBILEONE_LAYOUT_NHWC,
     4,
     {BATCH, HEIGHT, W, HAND_INPUT_CHANNELS},
     FLOATS(BATCH * HEIGHT * W * HAND_INPUT_CHANNELS)}};

static const mobileone_tensor outputs[] = {{"map",
                                            F32,
                                            MOBILEONE_LAYOUT_NHWC,
                                            4,
                                            {BATCH, HEIGHT, W, C},
                                            FLOATS(BATCH * HEIGHT * W * C)},
                                           {"logits",
                                            F32,
                                            MOBILEONE_LAYOUT_NC,
                                            2,
                                            {BATCH, HAND_CLASSES},
                                            FLOATS(BATCH * HAND_CLASSES)}};

#define TEXT(name) TEXT_OF(name)
#define TEXT_OF(name) #name

const mobileone_model MODEL = {.abi_version = MOBILEONE_ABI_VERSION,
                               .struct_bytes = sizeof(mobileone_model),
                               .name = TEXT(MODEL),
                               .inputs = inputs,
                               .outputs = outputs,
                               .input_count = 1,
                               .output_count = 2,
                               .weights = weights,
                               .weights_bytes = sizeof(weights),
                               .programs = programs,
                               .program_count = 1,
                               .batch = BATCH};
