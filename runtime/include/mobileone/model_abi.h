//===- model_abi.h - What a compiled model exports --------------*- C -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The contract between a compiled model and whatever runs it. A model library
// defines exactly one symbol, `const mobileone_model <name>`: a constant table
// that says which kernels to call, in which order, with which buffers. This
// header depends on nothing but <stddef.h> and <stdint.h>, so a model can also
// be written by hand (test/runtime/HandWrittenModel.c is one).
//
// Versions: MOBILEONE_ABI_VERSION changes whenever the meaning or layout of a
// field changes. A runtime refuses a model whose version it does not know.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_MODEL_ABI_H
#define MOBILEONE_MODEL_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MOBILEONE_ABI_VERSION 2u

/// Every buffer that a CPU's kernel sees has three dimensions, in this order:
/// channel, x, y. Fewer are expressed with extents of 1.
#define MOBILEONE_DIMENSIONS 3

/// One dimension of a buffer, in elements. Field for field Halide's
/// `halide_dimension_t`.
typedef struct mobileone_dimension {
  int32_t min;
  int32_t extent;
  int32_t stride;
  uint32_t flags; ///< 0.
} mobileone_dimension;

/// The first byte of `mobileone_buffer::type`.
enum {
  MOBILEONE_CODE_INT = 0,
  MOBILEONE_CODE_UINT = 1,
  MOBILEONE_CODE_FLOAT = 2
};

typedef struct mobileone_element_type {
  uint8_t code;
  uint8_t bits;
  uint16_t lanes; ///< 1.
} mobileone_element_type;

/// A view of memory as a kernel expects it. Field for field Halide's
/// `halide_buffer_t`; `host` is the address of the element whose coordinates
/// are the `min` of every dimension.
typedef struct mobileone_buffer {
  uint64_t device;              ///< 0 on CPUs.
  const void *device_interface; ///< NULL on CPUs.
  uint8_t *host;
  uint64_t flags; ///< 0.
  mobileone_element_type type;
  int32_t dimensions; ///< MOBILEONE_DIMENSIONS.
  mobileone_dimension *dim;
  void *padding; ///< NULL.
} mobileone_buffer;

/// A kernel. `arguments[i]` points to the `mobileone_buffer` of the step's
/// operand i. Returns 0, or a nonzero code that the runtime reports.
/// Kernels neither allocate nor lock and touch nothing but their buffers.
typedef int32_t (*mobileone_kernel)(void **arguments);

/// Which memory an operand lies in.
typedef enum mobileone_space {
  MOBILEONE_SPACE_ARENA = 0,   ///< The session's activations.
  MOBILEONE_SPACE_WEIGHTS = 1, ///< The model's packed weights.
  MOBILEONE_SPACE_SCRATCH = 2, ///< Private to a thread, undefined at start.
  MOBILEONE_SPACE_INPUT = 3,   ///< The caller's input number `index`.
  MOBILEONE_SPACE_OUTPUT = 4   ///< The caller's output number `index`.
} mobileone_space;

/// One argument of a step.
typedef struct mobileone_operand {
  uint32_t space; ///< A mobileone_space.
  uint32_t index; ///< Which input or output; 0 in the other spaces.
  /// Bytes from the start of the space to the element at the dimensions' mins.
  uint64_t offset;
  mobileone_element_type type;
  /// The dimension that tiles cut, or -1 where every tile sees it all. Of that
  /// dimension, tile t covers `tile_extent` elements, or what is left of them,
  /// from `min + t * tile_extent` on. `dim` describes the whole, all tiles
  /// together; no tile is empty. In the scratch space, which holds one tile at
  /// a time, every tile's first element lies at `offset`.
  int32_t tile_dimension;
  int32_t tile_extent;
  /// Pixels of zeros to write around the buffer before the step's tile runs:
  /// columns left and right of the tile's rows, and, for the first and the last
  /// tile, whole rows above and below. Where tiles do not cut y, tile 0 writes
  /// it all. 0 for most operands. The memory lies within the space, outside of
  /// the extents of `dim`.
  uint8_t border_left, border_right, border_above, border_below;
  mobileone_dimension dim[MOBILEONE_DIMENSIONS];
  /// Elements from one image to the next where the program computes several at
  /// once and each has its own part of the operand; 0 elsewhere.
  uint64_t image_stride;
} mobileone_operand;

/// An argument of a kernel on a GPU: an address or a number.
typedef struct mobileone_launch_argument {
  /// The step's operand whose first element's address is passed, or -1 for
  /// `value`.
  int32_t operand;
  uint32_t bytes; ///< Of `value`: 1, 2, 4 or 8; of an address 8.
  uint64_t value; ///< Little endian in its first bytes; 0 for an address.
} mobileone_launch_argument;

/// One launch of a kernel on a GPU.
typedef struct mobileone_launch {
  const char *entry; ///< The kernel's name in the program's device code.
  uint32_t grid[3];  ///< Thread blocks in x, y, z; all >= 1.
  uint32_t block[3]; ///< Threads of a block; all >= 1, at most 1024 together.
  uint32_t shared_bytes; ///< Dynamic shared memory of a block.
  uint32_t argument_count;
  const mobileone_launch_argument *arguments;
} mobileone_launch;

/// On CPUs one kernel call, or `tile_count` calls that may run at the same
/// time; on GPUs launches, one after another.
typedef struct mobileone_step {
  const char *name; ///< The layers it computes, e.g. "stage1.0+stage1.1".
  mobileone_kernel kernel; ///< NULL on GPUs.
  const mobileone_operand *operands;
  uint32_t operand_count;           ///< At most MOBILEONE_MAX_OPERANDS.
  uint32_t tile_count;              ///< 1 to MOBILEONE_MAX_TILES; 1 on GPUs.
  uint64_t multiply_adds;           ///< Of all tiles together, for one image.
  const mobileone_launch *launches; ///< NULL on CPUs.
  uint32_t launch_count;            ///< 0 on CPUs.
} mobileone_step;

#define MOBILEONE_MAX_OPERANDS 32
#define MOBILEONE_MAX_TILES 65535
#define MOBILEONE_MAX_ARGUMENTS 64 ///< Of a launch.

/// Of weights, arenas and a session's memory, in bytes.
#define MOBILEONE_ALIGNMENT 64

/// Instruction sets. A program runs where the CPU and the operating system
/// have everything that its level stands for, or where there is such a GPU.
typedef enum mobileone_level {
  MOBILEONE_LEVEL_BASELINE = 0,    ///< What the platform's ABI guarantees.
  MOBILEONE_LEVEL_X86_64_V3 = 3,   ///< AVX2, FMA, F16C, BMI (x86-64 psABI).
  MOBILEONE_LEVEL_X86_64_V4 = 4,   ///< AVX-512 F, BW, CD, DQ, VL.
  MOBILEONE_LEVEL_ARM64_V8_2 = 82, ///< ARMv8.2 with FP16 and dot products.
  MOBILEONE_LEVEL_CUDA = 1000 ///< An NVIDIA GPU that one of `codes` is for.
} mobileone_level;

/// What a mobileone_device_code holds. A GPU's compute capability is a number
/// here, major * 10 + minor: 90 is 9.0.
typedef enum mobileone_device_code_kind {
  /// Text that the driver compiles, for GPUs of `capability` and later.
  MOBILEONE_DEVICE_CODE_PTX = 0,
  /// Machine code for `capability` and later minors of its major.
  MOBILEONE_DEVICE_CODE_CUBIN = 1,
  /// OpenCL C for tests, whose stand-in for the driver compiles it.
  MOBILEONE_DEVICE_CODE_OPENCL = 2
} mobileone_device_code_kind;

/// All kernels of a program in one form.
typedef struct mobileone_device_code {
  uint32_t kind; ///< A mobileone_device_code_kind.
  uint32_t capability;
  /// Text ends with a 0, which `size` counts.
  const void *bytes;
  uint64_t size;
} mobileone_device_code;

/// The model compiled for one level.
typedef struct mobileone_program {
  uint32_t level;       ///< A mobileone_level.
  const char *target;   ///< E.g. "x86-64-v4".
  uint64_t arena_bytes; ///< Multiple of 64; of all `images` together.
  /// Per thread, on GPUs of the session; multiple of 64.
  uint64_t scratch_bytes;
  const mobileone_step *steps;
  uint32_t step_count;
  /// That one pass through the steps computes: 1 on CPUs, which make a pass for
  /// each image, the model's batch on GPUs.
  uint32_t images;
  const mobileone_device_code *codes; ///< NULL on CPUs.
  uint32_t code_count;                ///< 0 on CPUs.
} mobileone_program;

typedef enum mobileone_layout {
  MOBILEONE_LAYOUT_NCHW = 0,
  MOBILEONE_LAYOUT_NHWC = 1,
  MOBILEONE_LAYOUT_NC = 2
} mobileone_layout;

/// An input or output of the model as the caller sees it: dense, row-major,
/// aligned for its element type.
typedef struct mobileone_tensor {
  const char *name;
  mobileone_element_type type;
  uint32_t layout;  ///< A mobileone_layout.
  uint32_t rank;    ///< 2 or 4.
  int64_t shape[4]; ///< Of all images together: the model's batch is shape[0].
  uint64_t bytes;
} mobileone_tensor;

typedef struct mobileone_model {
  uint32_t abi_version;  ///< MOBILEONE_ABI_VERSION.
  uint32_t struct_bytes; ///< sizeof(mobileone_model).
  const char *name;
  const mobileone_tensor *inputs;
  const mobileone_tensor *outputs;
  uint32_t input_count;
  uint32_t output_count;
  /// 64-byte aligned, or NULL where the caller supplies them.
  const void *weights;
  uint64_t weights_bytes;
  /// The first 8 bytes of the SHA-256 of the packed weights, big endian: what
  /// tells a separate weights file that fits from one that does not.
  uint64_t weights_id;
  /// Best level first.
  const mobileone_program *programs;
  uint32_t program_count;
  uint32_t batch; ///< Images in each input and output; >= 1.
} mobileone_model;

#ifdef __cplusplus
}
#endif

#endif // MOBILEONE_MODEL_ABI_H
