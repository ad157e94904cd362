// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "heldout.h"
#include "mobileone/runtime.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

/// All the memory that the session needs; nothing comes from the heap.
static _Alignas(MOBILEONE_ALIGNMENT) char memory[DIGITS_SESSION_BYTES(1)];
static double times[IMAGES]; // In microseconds.

static int argmax(const float *values) {
  int best = 0;
  for (int i = 1; i < CLASSES; ++i)
    best = values[i] > values[best] ? i : best;
  return best;
}

static int compare(const void *a, const void *b) {
  return (*(const double *)a > *(const double *)b) -
         (*(const double *)a < *(const double *)b);
}

int main(int argc, char **argv) {
  mobileone_session *session;
  if (!loadHeldout(argc > 1 ? argv[1] : "examples/models/digits"))
    return 1;
  if (mobileone_session_create_in(&digits, NULL, memory, sizeof memory,
                                  &session))
    return fprintf(stderr, "%s\n", mobileone_last_error(NULL)), 1;
  int correct = 0, agreeing = 0;
  float difference = 0, logits[CLASSES];
  for (int i = 0; i < IMAGES; ++i) {
    struct timespec start, end;
    timespec_get(&start, TIME_UTC);
    if (mobileone_run(session, (const void *[]){images[i]}, (void *[]){logits}))
      return fprintf(stderr, "%s\n", mobileone_last_error(session)), 1;
    timespec_get(&end, TIME_UTC);
    times[i] = (end.tv_sec - start.tv_sec) * 1e6 +
               (end.tv_nsec - start.tv_nsec) * 1e-3;
    for (int c = 0; c < CLASSES; ++c)
      difference = fmaxf(difference, fabsf(logits[c] - expected[i][c]));
    correct += argmax(logits) == labels[i];
    agreeing += argmax(logits) == argmax(expected[i]);
  }
  mobileone_session_destroy(session);
  qsort(times, IMAGES, sizeof *times, compare);
  printf("accuracy: %.2f%% of %d images\n", correct * 100.0 / IMAGES, IMAGES);
  printf("agreement with PyTorch: %.4g%%, logits within %.1g\n",
         agreeing * 100.0 / IMAGES, difference);
  printf("latency, one thread: min %.1f us, median %.1f us\n", times[0],
         times[IMAGES / 2]);
  return agreeing == IMAGES ? 0 : 1;
}
