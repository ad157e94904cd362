//===- Configuration.h - What a session is made from ------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_CONFIGURATION_H
#define MOBILEONE_RUNTIME_CONFIGURATION_H

#include "CudaSession.h"
#include "Error.h"

namespace mobileone::runtime {

/// A model and options that fit this runtime, this machine and each other.
struct Configuration {
  const mobileone_model *model;
  mobileone_options options;
  const mobileone_program *program;
  const uint8_t *weights;
  /// MOBILEONE_SESSION_BYTES of them.
  uint64_t memoryBytes;
  /// Where a program for a GPU runs.
  CudaChoice cuda;
};

/// Whether this runtime understands `model`; must come before any other look at
/// it.
mobileone_status checkVersion(const mobileone_model *model, ErrorText &error);

/// Checks everything that a session relies on later, so that a run has nothing
/// to check but its arguments. `options` may be NULL.
mobileone_status configure(const mobileone_model *model,
                           const mobileone_options *options,
                           Configuration &configuration, ErrorText &error);

/// Whether `program` is for a GPU.
bool isForGpu(const mobileone_program &program);

/// Checks the steps of `program`: counts, indices, tiles, launches, and that
/// every operand with its border lies within its space.
mobileone_status checkSteps(const mobileone_model &model,
                            const mobileone_program &program, ErrorText &error);

/// Checks what step `step` of a program for a GPU launches.
mobileone_status checkLaunches(const mobileone_model &model,
                               const mobileone_program &program, uint32_t step,
                               ErrorText &error);

/// Checks the device code of a program for a GPU.
mobileone_status checkDeviceCode(const mobileone_model &model,
                                 const mobileone_program &program,
                                 ErrorText &error);

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_CONFIGURATION_H
