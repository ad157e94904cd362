//===- TuneRun.h - Measures all candidates of a program -----------*- C -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_PHONE_TUNERUN_H
#define MOBILEONE_RUNTIME_TOOLS_PHONE_TUNERUN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Called before round `done` of `total`, with the network's name, and at the
/// end with `done == total`. May wait, for a cooler device for example. 0 ends
/// measuring.
typedef int (*mobileone_tune_observer)(void *user, const char *network,
                                       uint32_t done, uint32_t total);

typedef struct mobileone_tune_options {
  const char *log_path; ///< Replaced.
  double seconds;       ///< Of measuring each round once.
  uint32_t passes;      ///< How often each round is measured.
  mobileone_tune_observer observer;
  void *user;
} mobileone_tune_options;

typedef enum mobileone_tune_status {
  MOBILEONE_TUNE_DONE = 0,
  MOBILEONE_TUNE_STOPPED = 1, ///< By the observer; the log holds what was done.
  MOBILEONE_TUNE_FAILED = 2
} mobileone_tune_status;

/// Measures every round in turn with the standard model and writes a line to
/// the log for every candidate, as `mobileonec tune` does: each one checked
/// against the standard model's results first. On failure says in `problem`,
/// of `problem_bytes`, why.
mobileone_tune_status mobileone_tune_run(const mobileone_tune_options *options,
                                         char *problem, size_t problem_bytes);

#ifdef __cplusplus
}
#endif

#endif // MOBILEONE_RUNTIME_TOOLS_PHONE_TUNERUN_H
