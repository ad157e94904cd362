//===- relocations.c - Every relocation of Apple's arm64 objects ----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A model whose kernel needs every kind of relocation; its output tells which
// were wrong.
//
//===----------------------------------------------------------------------===//

#include "mobileone/model_abi.h"

#define VALUES 8
#define F32 {MOBILEONE_CODE_FLOAT, 32, 1}

void *memcpy(void *to, const void *from, size_t bytes);
void *memset(void *to, int value, size_t bytes);
float expf(float value);

float table[] = {1, 2, 3, 4};
static float *volatile const pointer = &table[2];
static const uint8_t bytes[] = {9, 8, 7, 6};
static volatile const uint64_t wide[] = {21, 22, 23};
typedef float vector __attribute__((vector_size(16)));
static volatile const vector vectors[] = {{10, 11, 12, 13}, {14, 15, 16, 17}};

/* The distance of two symbols, in 8 and 4 bytes. */
__asm__(".section __DATA,__const\n"
        ".p2align 3\n"
        "_begin: .quad 0\n"
        "_end: .quad 0\n"
        "_distance: .quad _table - _begin\n"
        "_short_distance: .long _end - _table\n"
        ".long _table - _begin + 5\n"
        ".text\n");
extern const uint64_t distance __attribute__((visibility("hidden")));
extern const int32_t short_distance[2] __attribute__((visibility("hidden")));

/* As the compiler does for what it expects in another library. */
static const float *tableOfLinker(void) {
  const float *address;
  __asm__("adrp %0, _table@GOTPAGE\n"
          "ldr %0, [%0, _table@GOTPAGEOFF]\n"
          : "=r"(address));
  return address;
}

static int32_t kernel(void **arguments) {
  const mobileone_buffer *in = arguments[0], *out = arguments[1];
  const float *image = (const float *)in->host;
  volatile size_t copied = 2 * sizeof(float);
  float *values = (float *)out->host;
  values[0] = image[0] + tableOfLinker()[1];
  values[1] = *pointer;
  values[2] = (float)((int64_t)distance + short_distance[0]);
  values[3] = vectors[1][2];
  values[4] = bytes[copied / 4];
  memcpy(&values[5], &table[2], copied);
  values[7] = (float)wide[copied / 4] + expf(image[1]) +
              (float)(short_distance[1] - (int32_t)distance);
  return 0;
}

static const mobileone_operand operands[] = {
    {.space = MOBILEONE_SPACE_INPUT,
     .type = F32,
     .tile_dimension = -1,
     .dim = {{0, 2, 1, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}}},
    {.space = MOBILEONE_SPACE_OUTPUT,
     .type = F32,
     .tile_dimension = -1,
     .dim = {{0, VALUES, 1, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}}}};
static const mobileone_step steps[] = {{"only", kernel, operands, 2, 1, 0}};
static const mobileone_program programs[] = {
    {.level = MOBILEONE_LEVEL_ARM64_V8_2,
     .target = "test",
     .steps = steps,
     .step_count = 1,
     .images = 1}};
static const mobileone_tensor inputs[] = {
    {"image", F32, MOBILEONE_LAYOUT_NC, 2, {1, 2}, 2 * sizeof(float)}};
static const mobileone_tensor outputs[] = {{"values",
                                            F32,
                                            MOBILEONE_LAYOUT_NC,
                                            2,
                                            {1, VALUES},
                                            VALUES * sizeof(float)}};
const mobileone_model relocations = {.abi_version = MOBILEONE_ABI_VERSION,
                                     .struct_bytes = sizeof(mobileone_model),
                                     .name = "relocations",
                                     .inputs = inputs,
                                     .outputs = outputs,
                                     .input_count = 1,
                                     .output_count = 1,
                                     .programs = programs,
                                     .program_count = 1,
                                     .batch = 1};
