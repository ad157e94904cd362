//===- HandWrittenCudaModel.c - Models for GPUs, without a compiler -------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The ABI of programs for GPUs by example. Compiled several times, with MODEL,
// the symbol, and BATCH.
//
//===----------------------------------------------------------------------===//

#include "HandWrittenCudaModel.h"

#define W HAND_WIDTH
#define H HAND_SMALL_HEIGHT
#define C HAND_CHANNELS
#define FLOATS(n) ((n) * sizeof(float))
#define ROUND_UP(n) (((n) + 63) / 64 * 64)
#define F32 {MOBILEONE_CODE_FLOAT, 32, 1}
/* Elements from one image to the next where there are several. */
#define STRIDE(n) (BATCH > 1 ? (n) : 0)

/* Kernels take numbers of all sizes, to show that each arrives. */
static const char source[] =
    "__kernel void scale_image(__global const float *image,\n"
    "    __global const float *scales, __global float *result, int height,\n"
    "    short width) {\n"
    "  int x = get_global_id(0), y = get_global_id(1), n = get_global_id(2);\n"
    "  if (x >= width || y >= height) return;\n"
    "  int pixel = (n * height + y) * width + x;\n"
    "  for (int c = 0; c < 4; ++c)\n"
    "    result[pixel * 4 + c] = c < 3 ? image[pixel * 3 + c] * scales[c] : "
    "0;\n"
    "}\n"
    "__kernel void sum_columns(__global const float *image,\n"
    "    __global float *columns, long height, char width) {\n"
    "  int x = get_global_id(0), y = get_global_id(1), n = get_global_id(2);\n"
    "  for (int c = 0; c < 4; ++c) {\n"
    "    float sum = 0;\n"
    "    for (int row = max(y - 1, 0); row <= y + 1 && row < height; ++row)\n"
    "      sum += image[((n * height + row) * width + x) * 4 + c];\n"
    "    columns[((n * height + y) * width + x) * 4 + c] = sum;\n"
    "  }\n"
    "}\n"
    "__kernel void sum_rows(__global const float *columns,\n"
    "    __global float *map, int height, float one, __local float *row) {\n"
    "  int x = get_local_id(0), width = get_local_size(0);\n"
    "  int y = get_group_id(1), n = get_group_id(2);\n"
    "  int first = (n * height + y) * width * 4;\n"
    "  for (int c = 0; c < 4; ++c)\n"
    "    row[x * 4 + c] = columns[first + x * 4 + c];\n"
    "  barrier(CLK_LOCAL_MEM_FENCE);\n"
    "  for (int c = 0; c < 4; ++c) {\n"
    "    float sum = 0;\n"
    "    for (int i = max(x - 1, 0); i <= x + 1 && i < width; ++i)\n"
    "      sum += row[i * 4 + c];\n"
    "    map[first + x * 4 + c] = sum * one;\n"
    "  }\n"
    "}\n"
    "__kernel void sum_pixels(__global const float *map,\n"
    "    __global float *sums, int pixels) {\n"
    "  int c = get_local_id(0), n = get_group_id(2);\n"
    "  float sum = 0;\n"
    "  for (int i = 0; i < pixels; ++i)\n"
    "    sum += map[(n * pixels + i) * 4 + c];\n"
    "  sums[n * 4 + c] = sum;\n"
    "}\n"
    "__kernel void classify(__global const float *sums,\n"
    "    __global const float *matrix, __global float *logits) {\n"
    "  int i = get_local_id(0), n = get_group_id(2);\n"
    "  float sum = 0;\n"
    "  for (int c = 0; c < 4; ++c)\n"
    "    sum += sums[n * 4 + c] * matrix[i * 4 + c];\n"
    "  logits[n * 4 + i] = sum;\n"
    "}\n";

/* Scales per channel, then the matrix [class][channel]. */
static const float weights[HAND_WEIGHTS] __attribute__((aligned(64))) = {
    1, 2, 3, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 1, 1, 1, 0};

/* The arena: the scaled images, then the sums. */
#define IMAGES_BYTES ROUND_UP(FLOATS(BATCH * H * W * C))
#define ARENA_BYTES (IMAGES_BYTES + ROUND_UP(FLOATS(BATCH * C)))
#define SCRATCH_BYTES ROUND_UP(FLOATS(BATCH * H * W * C))

#define MAP_DIMENSIONS {{0, C, 1, 0}, {0, W, C, 0}, {0, H, W * C, 0}}
#define VECTOR_DIMENSIONS {{0, C, 1, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}}

static const mobileone_operand scaleOperands[] = {
    {.space = MOBILEONE_SPACE_INPUT,
     .type = F32,
     .tile_dimension = -1,
     .dim = {{0, HAND_INPUT_CHANNELS, 1, 0},
             {0, W, HAND_INPUT_CHANNELS, 0},
             {0, H, W * HAND_INPUT_CHANNELS, 0}},
     .image_stride = STRIDE(H * W * HAND_INPUT_CHANNELS)},
    {.space = MOBILEONE_SPACE_WEIGHTS,
     .type = F32,
     .tile_dimension = -1,
     .dim = VECTOR_DIMENSIONS},
    {.space = MOBILEONE_SPACE_ARENA,
     .type = F32,
     .tile_dimension = -1,
     .dim = MAP_DIMENSIONS,
     .image_stride = STRIDE(H * W * C)}};

static const mobileone_operand windowOperands[] = {
    {.space = MOBILEONE_SPACE_ARENA,
     .type = F32,
     .tile_dimension = -1,
     .dim = MAP_DIMENSIONS,
     .image_stride = STRIDE(H * W * C)},
    {.space = MOBILEONE_SPACE_SCRATCH,
     .type = F32,
     .tile_dimension = -1,
     .dim = MAP_DIMENSIONS,
     .image_stride = STRIDE(H * W * C)},
    {.space = MOBILEONE_SPACE_OUTPUT,
     .index = 0,
     .type = F32,
     .tile_dimension = -1,
     .dim = MAP_DIMENSIONS,
     .image_stride = STRIDE(H * W * C)}};

static const mobileone_operand sumOperands[] = {
    {.space = MOBILEONE_SPACE_OUTPUT,
     .index = 0,
     .type = F32,
     .tile_dimension = -1,
     .dim = MAP_DIMENSIONS,
     .image_stride = STRIDE(H * W * C)},
    {.space = MOBILEONE_SPACE_ARENA,
     .offset = IMAGES_BYTES,
     .type = F32,
     .tile_dimension = -1,
     .dim = VECTOR_DIMENSIONS,
     .image_stride = STRIDE(C)}};

static const mobileone_operand classifyOperands[] = {
    {.space = MOBILEONE_SPACE_ARENA,
     .offset = IMAGES_BYTES,
     .type = F32,
     .tile_dimension = -1,
     .dim = VECTOR_DIMENSIONS,
     .image_stride = STRIDE(C)},
    {.space = MOBILEONE_SPACE_WEIGHTS,
     .offset = FLOATS(C),
     .type = F32,
     .tile_dimension = -1,
     .dim = {{0, C, 1, 0}, {0, HAND_CLASSES, C, 0}, {0, 1, 0, 0}}},
    {.space = MOBILEONE_SPACE_OUTPUT,
     .index = 1,
     .type = F32,
     .tile_dimension = -1,
     .dim = {{0, HAND_CLASSES, 1, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}},
     .image_stride = STRIDE(HAND_CLASSES)}};

#define ADDRESS(operand) {operand, 8, 0}
#define NUMBER(bytes, value) {-1, bytes, value}
#define FLOAT_ONE 0x3f800000

static const mobileone_launch_argument
    scaleArguments[] = {ADDRESS(0), ADDRESS(1), ADDRESS(2), NUMBER(4, H),
                        NUMBER(2, W)},
    columnArguments[] = {ADDRESS(0), ADDRESS(1), NUMBER(8, H), NUMBER(1, W)},
    rowArguments[] = {ADDRESS(1), ADDRESS(2), NUMBER(4, H),
                      NUMBER(4, FLOAT_ONE)},
    sumArguments[] = {ADDRESS(0), ADDRESS(1), NUMBER(4, H *W)},
    classifyArguments[] = {ADDRESS(0), ADDRESS(1), ADDRESS(2)};

static const mobileone_launch
    scaleLaunches[] = {{"scale_image",
                        {(W + 3) / 4, (H + 3) / 4, BATCH},
                        {4, 4, 1},
                        0,
                        5,
                        scaleArguments}},
    windowLaunches[] =
        {{"sum_columns", {W, H, BATCH}, {1, 1, 1}, 0, 4, columnArguments},
         {"sum_rows",
          {1, H, BATCH},
          {W, 1, 1},
          FLOATS(W * C),
          4,
          rowArguments}},
    sumLaunches[] =
        {{"sum_pixels", {1, 1, BATCH}, {C, 1, 1}, 0, 3, sumArguments}},
    classifyLaunches[] = {{"classify",
                           {1, 1, BATCH},
                           {HAND_CLASSES, 1, 1},
                           0,
                           3,
                           classifyArguments}};

static const mobileone_step steps[HAND_CUDA_STEPS] = {
    {"scale", NULL, scaleOperands, 3, 1, H * W * C, scaleLaunches, 1},
    {"windows", NULL, windowOperands, 3, 1, 0, windowLaunches, 2},
    {"sums", NULL, sumOperands, 2, 1, 0, sumLaunches, 1},
    {"classify", NULL, classifyOperands, 3, 1, HAND_CLASSES * C,
     classifyLaunches, 1}};

static const mobileone_device_code codes[] = {
    {MOBILEONE_DEVICE_CODE_OPENCL, 0, source, sizeof(source)}};

static const mobileone_program programs[] = {
    {MOBILEONE_LEVEL_CUDA, "opencl", ARENA_BYTES, SCRATCH_BYTES, steps,
     HAND_CUDA_STEPS, BATCH, codes, 1}};

static const mobileone_tensor inputs[] = {
    {"image",
     F32,
     MOBILEONE_LAYOUT_NHWC,
     4,
     {BATCH, H, W, HAND_INPUT_CHANNELS},
     FLOATS(BATCH * H * W * HAND_INPUT_CHANNELS)}};

static const mobileone_tensor outputs[] = {{"map",
                                            F32,
                                            MOBILEONE_LAYOUT_NHWC,
                                            4,
                                            {BATCH, H, W, C},
                                            FLOATS(BATCH * H * W * C)},
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
