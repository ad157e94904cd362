/* Part of the mobileonec project, under the Apache License v2.0 with LLVM
 * Exceptions. See LICENSE for license information.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Runs two models of one package, one of which has its weights in a file. */

#include "digits.h"
#include "mobileone/runtime.h"
#include "tiny.h"

#include <stdio.h>

static uint8_t digitsInput[DIGITS_INPUT_ELEMENTS];
static float digitsLogits[DIGITS_LOGITS_ELEMENTS];
static float tinyInput[TINY_INPUT_ELEMENTS];
static float tinyLogits[TINY_LOGITS_ELEMENTS];
static _Alignas(64) uint8_t tinyWeights[TINY_WEIGHTS_BYTES];

static int run(const mobileone_model *model, const mobileone_options *options,
               const void *input, void *output) {
  mobileone_session *session;
  if (mobileone_session_create(model, options, &session) != MOBILEONE_OK)
    return puts(mobileone_last_error(NULL)), 1;
  int failed = mobileone_run(session, &input, &output) != MOBILEONE_OK;
  mobileone_session_destroy(session);
  printf("%s: %s\n", model->name, failed ? "failed" : "ran");
  return failed;
}

int main(void) {
  FILE *file = fopen(TINY_WEIGHTS_FILE, "rb");
  if (!file || fread(tinyWeights, sizeof(tinyWeights), 1, file) != 1)
    return puts("no weights"), 1;
  fclose(file);
  mobileone_options options = mobileone_default_options();
  options.weights = tinyWeights;
  options.weights_bytes = sizeof(tinyWeights);
  return run(&digits, NULL, digitsInput, digitsLogits) ||
         run(&tiny, &options, tinyInput, tinyLogits);
}
