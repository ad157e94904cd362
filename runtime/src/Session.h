//===- Session.h - What a session consists of -------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_SESSION_H
#define MOBILEONE_RUNTIME_SESSION_H

#include "Configuration.h"
#include "SystemMemory.h"
#include "Tile.h"
#include "Workers.h"

/// Lies at the end of the session's memory, on CPUs:
///
///   arena | scratch of thread 0 | WorkerRecord 0 | scratch of thread 1 | ...
///         | WorkerRecord n-1 | mobileone_session
///
/// so that the arena begins where the memory does, at a huge page if there is
/// one. On GPUs the memory before it holds the launches.
struct alignas(MOBILEONE_ALIGNMENT) mobileone_session {
  /// A copy, so that callers may pass the address of one.
  mobileone_model model;
  const mobileone_program *program;
  mobileone_options options;
  const uint8_t *weights;
  /// `weights` if they are a shared copy, else NULL.
  const uint8_t *sharedWeights;
  uint8_t *memory;
  /// What destroy gives back; nothing if the caller owns the memory.
  mobileone::runtime::SystemMemory ownMemory;

  /// Of a session on a GPU.
  mobileone::runtime::CudaSession cuda;

  mobileone_observer observer;
  void *observerUser;

  /// The arguments of the run in progress.
  bool isRunning;
  const void *const *inputs;
  void *const *outputs;
  /// Of the run: one for each image, or one for all.
  uint32_t pass;

  mobileone::runtime::Workers workers;
  mobileone::runtime::ErrorText error;

  mobileone::runtime::WorkerRecord &worker(uint32_t index) {
    return *reinterpret_cast<mobileone::runtime::WorkerRecord *>(
        scratch(index) + program->scratch_bytes);
  }

  /// The session's memory as thread `index` sees it.
  mobileone::runtime::Spaces spaces(uint32_t index) {
    return {memory, weights, scratch(index), inputs, outputs, &model, pass};
  }

private:
  uint8_t *scratch(uint32_t index) {
    return memory + program->arena_bytes +
           index * (program->scratch_bytes +
                    sizeof(mobileone::runtime::WorkerRecord));
  }
};

namespace mobileone::runtime {

/// Runs all tiles of step `index` and returns when they are done.
mobileone_status runStep(mobileone_session &session, uint32_t index);

/// Reports that a kernel of step `step` returned `code`.
mobileone_status failKernel(mobileone_session &session, uint32_t step,
                            int32_t code);

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_SESSION_H
