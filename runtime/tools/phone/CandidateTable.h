//===- CandidateTable.h - What a program for tuning holds ---------*- C -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `mobileonec tune --emit-app` writes one file that defines
// `mobileone_tune_table`, and a library with the models that it names. A model
// holds one candidate of every kernel that has one left: a round.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_PHONE_CANDIDATETABLE_H
#define MOBILEONE_RUNTIME_TOOLS_PHONE_CANDIDATETABLE_H

#include "mobileone/model_abi.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mobileone_tune_kernel {
  const char *workload; ///< A hash, as in the log.
  const char *name;     ///< Of the first kernel that has it.
  const char *schedule;
  const uint32_t *steps; ///< Which run it.
  uint32_t step_count;
} mobileone_tune_kernel;

typedef struct mobileone_tune_choice {
  uint32_t kernel;        ///< Index in the network's kernels.
  const char *parameters; ///< A JSON object.
} mobileone_tune_choice;

typedef struct mobileone_tune_round {
  const mobileone_model *model;
  const mobileone_tune_choice *choices;
  uint32_t choice_count;
} mobileone_tune_round;

typedef struct mobileone_tune_network {
  const char *name;
  const mobileone_model *standard; ///< With the schedules' own choices.
  const mobileone_tune_kernel *kernels;
  const mobileone_tune_round *rounds;
  uint32_t round_count;
} mobileone_tune_network;

typedef struct mobileone_tune_table {
  uint32_t log_version, parameters_version;
  const char *target;
  uint32_t threads; ///< Threads that compute.
  const mobileone_tune_network *networks;
  uint32_t network_count;
} mobileone_tune_table;

extern const mobileone_tune_table mobileone_tune_table_of_program;

#ifdef __cplusplus
}
#endif

#endif // MOBILEONE_RUNTIME_TOOLS_PHONE_CANDIDATETABLE_H
