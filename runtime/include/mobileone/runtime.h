//===- runtime.h - Running a compiled model ---------------------*- C -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   mobileone_session *session;
//   if (mobileone_session_create(&digits, NULL, &session) != MOBILEONE_OK) ...
//   const void *inputs[] = {image};
//   void *outputs[] = {logits};
//   mobileone_status status = mobileone_run(session, inputs, outputs);
//   mobileone_session_destroy(session);
//
// A model is constant and shared freely between threads and sessions; a session
// copies the mobileone_model itself, while what that points to must outlive it.
// A session belongs to one thread at a time. `mobileone_run` does not allocate,
// lock or open a file. Every function that can fail returns a status; results
// go through the last parameter.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_H
#define MOBILEONE_RUNTIME_H

#include "model_abi.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mobileone_session mobileone_session;

typedef enum mobileone_status {
  MOBILEONE_OK = 0,
  MOBILEONE_INVALID_ARGUMENT = 1,
  MOBILEONE_OUT_OF_MEMORY = 2,
  /// The model's ABI version is not this runtime's.
  MOBILEONE_VERSION_MISMATCH = 3,
  /// No program of the model runs on this CPU, or the forced level does not.
  MOBILEONE_UNSUPPORTED_CPU = 4,
  /// The model has no weights inside and none, or others, were given.
  MOBILEONE_WEIGHTS_MISMATCH = 5,
  /// A kernel returned an error.
  MOBILEONE_KERNEL_FAILED = 6,
  /// Threads could not be started.
  MOBILEONE_THREADS_FAILED = 7,
  /// The program is for GPUs, and there is no driver, one too old, no GPU, or
  /// no code for it.
  MOBILEONE_NO_DEVICE = 8,
  /// A call of the GPU's driver failed.
  MOBILEONE_DRIVER_FAILED = 9
} mobileone_status;

/// One English sentence; never NULL.
const char *mobileone_status_text(mobileone_status status);

/// What the last failing call of this session or, with NULL, of a create in
/// this thread, has to say in detail, e.g. both ABI versions. Never NULL.
const char *mobileone_last_error(const mobileone_session *session);

/// Calls `task(context, i)` once for every i in [0, count), in any order, on
/// any threads, and returns when all are done. `worker` numbers given to `task`
/// are in [0, threads) and never in use twice at a time.
typedef void (*mobileone_task)(void *context, uint32_t index, uint32_t worker);
typedef void (*mobileone_parallel_for)(void *user, uint32_t count,
                                       mobileone_task task, void *context);

typedef struct mobileone_options {
  /// sizeof(mobileone_options): how later versions tell what is there.
  uint32_t struct_bytes;
  /// Threads that compute, the calling one included; 0 means 1.
  uint32_t threads;
  /// Runs tiles on the caller's threads instead of the session's; `threads`
  /// then says how many there can be.
  mobileone_parallel_for parallel_for;
  void *parallel_for_user;
  /// A mobileone_level to use, or -1 for the best that the machine has: a GPU
  /// before the CPU.
  int32_t level;
  /// For a model without weights inside: `weights_bytes` bytes, 64-byte
  /// aligned, alive as long as the session.
  const void *weights;
  uint64_t weights_bytes;
  /// Microseconds that a waiting thread spins before it sleeps.
  uint32_t spin_microseconds;
  /// 1: on Linux, `mobileone_session_create` copies weights of 2 MiB and more
  /// into huge pages, once for all sessions of a model. 0: kernels read them
  /// where the library holds them.
  uint32_t weights_in_huge_pages;
  /// For programs for NVIDIA GPUs, which ignore the threads. A CUcontext to
  /// use, alive as long as the session; NULL: the primary context of GPU
  /// `cuda_device`, as CUDA's runtime and PyTorch use it.
  void *cuda_context;
  /// A CUstream of that context to run on, alive as long as the session; NULL:
  /// with `device_pointers` the default stream, else one of the session's own.
  void *cuda_stream;
  /// The GPU's number, from 0 on.
  int32_t cuda_device;
  /// 1: inputs and outputs are addresses of the GPU's memory, and
  /// `mobileone_run` only enqueues its work on the stream.
  uint32_t device_pointers;
} mobileone_options;

#define MOBILEONE_MAX_THREADS 1024

/// One thread, best level, weights inside, 500 microseconds of spinning, all
/// else 0.
mobileone_options mobileone_default_options(void);

/// The memory that a session needs, as a constant expression: what a program
/// that runs with `threads` threads can set aside before it starts.
#define MOBILEONE_SESSION_BYTES(arena_bytes, scratch_bytes, threads)           \
  ((arena_bytes) + (threads) * ((scratch_bytes) + 128) + 2048)

/// What a session on a GPU needs of the program's own memory for `launches`
/// with so many arguments altogether: its `arena_bytes` above, without threads.
#define MOBILEONE_LAUNCH_BYTES(launches, arguments)                            \
  ((launches) * 64 + (arguments) * 16)

/// Bytes that `mobileone_session_create_in` needs for the program that it would
/// choose, and their alignment, MOBILEONE_ALIGNMENT.
mobileone_status mobileone_session_memory(const mobileone_model *model,
                                          const mobileone_options *options,
                                          size_t *out_alignment,
                                          size_t *out_bytes);

/// Whether `weights` are what `model` was compiled with, by their SHA-256: for
/// a weights file that was downloaded or replaced. Creating a session checks
/// their size and alignment only, because this reads them all.
mobileone_status mobileone_check_weights(const mobileone_model *model,
                                         const void *weights, uint64_t bytes);

/// Makes a session in the caller's memory, which must outlive it.
mobileone_status mobileone_session_create_in(const mobileone_model *model,
                                             const mobileone_options *options,
                                             void *memory, size_t bytes,
                                             mobileone_session **out_session);

/// Makes a session in memory of its own. `options` may be NULL.
mobileone_status mobileone_session_create(const mobileone_model *model,
                                          const mobileone_options *options,
                                          mobileone_session **out_session);

/// Ends the session's threads and frees what create allocated. NULL is fine.
void mobileone_session_destroy(mobileone_session *session);

/// Runs the model. `inputs[i]` and `outputs[i]` point to tensors as the model's
/// header describes them. On a GPU with `device_pointers` they must stay until
/// the stream has done what this call enqueues.
mobileone_status mobileone_run(mobileone_session *session,
                               const void *const *inputs, void *const *outputs);

/// Called after each step of a run, for profiles and for looking at what is in
/// the session's memory. A program that computes one image at a time goes
/// through its steps once for each.
typedef void (*mobileone_observer)(void *user, mobileone_session *session,
                                   uint32_t step);
/// NULL ends observing.
void mobileone_session_observe(mobileone_session *session,
                               mobileone_observer observer, void *user);

/// The program that the session runs.
const mobileone_program *
mobileone_session_program(const mobileone_session *session);

/// The name of the GPU that the session runs on; "" on CPUs.
const char *mobileone_session_device(const mobileone_session *session);

/// Where operand `operand` of step `step` lies as a whole, all tiles together;
/// valid during a run for operands in the arena, the weights, inputs, outputs.
/// Where images are computed one by one, inputs and outputs are those of the
/// one that is being computed. On a GPU only an observer may ask, and gets a
/// copy of what is there now; the images of a batch follow each other at the
/// operand's `image_stride`.
mobileone_status mobileone_session_buffer(mobileone_session *session,
                                          uint32_t step, uint32_t operand,
                                          mobileone_dimension *dimensions,
                                          mobileone_buffer *out_buffer);

/// Whether this CPU and operating system have all that `level` stands for; of
/// MOBILEONE_LEVEL_CUDA, whether there are a driver and a GPU.
int mobileone_level_supported(uint32_t level);

#ifdef __cplusplus
}
#endif

#endif // MOBILEONE_RUNTIME_H
