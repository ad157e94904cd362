//===- WeightsCheck.cpp - Whether weights are a model's -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Configuration.h"
#include "Sha256.h"

using namespace mobileone::runtime;

mobileone_status mobileone_check_weights(const mobileone_model *model,
                                         const void *weights, uint64_t bytes) {
  ErrorText &error = threadError();
  mobileone_status status = checkVersion(model, error);
  if (status != MOBILEONE_OK)
    return status;
  if (!weights)
    return fail(error, MOBILEONE_INVALID_ARGUMENT, "weights is NULL.");
  unsigned long long wanted = model->weights_bytes, given = bytes;
  if (given != wanted)
    return fail(error, MOBILEONE_WEIGHTS_MISMATCH,
                "Model '%s' has %llu bytes of weights, these are %llu.",
                model->name, wanted, given);
  wanted = model->weights_id;
  given = sha256Prefix(static_cast<const uint8_t *>(weights), bytes);
  if (given != wanted)
    return fail(error, MOBILEONE_WEIGHTS_MISMATCH,
                "Model '%s' wants the weights whose SHA-256 begins with "
                "%016llx, that of these begins with %016llx.",
                model->name, wanted, given);
  return MOBILEONE_OK;
}
