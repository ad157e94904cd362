// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef HELDOUT_H
#define HELDOUT_H

#include "digits.h"

#include <stdio.h>

enum { IMAGES = 450, CLASSES = DIGITS_LOGITS_ELEMENTS / DIGITS_BATCH };

/// The held-out images, what they show, and what PyTorch computes for them.
static unsigned char images[IMAGES][DIGITS_INPUT_BYTES / DIGITS_BATCH];
static unsigned char labels[IMAGES];
static float expected[IMAGES][CLASSES];

/// Reads `bytes` bytes after the first `skip`; whether that worked.
static int loadFile(const char *prefix, const char *suffix, long skip,
                    void *out, size_t bytes) {
  char path[4096];
  snprintf(path, sizeof path, "%s%s", prefix, suffix);
  FILE *file = fopen(path, "rb");
  int ok = file && !fseek(file, skip, SEEK_SET) && fread(out, bytes, 1, file);
  if (file)
    fclose(file);
  if (!ok)
    fprintf(stderr, "cannot read %s\n", path);
  return ok;
}

/// Fills the arrays above; whether that worked.
static int loadHeldout(const char *prefix) {
  return loadFile(prefix, "_images.idx", 16, images, sizeof images) &&
         loadFile(prefix, "_labels.idx", 8, labels, sizeof labels) &&
         loadFile(prefix, "_logits.f32", 0, expected, sizeof expected);
}

#endif // HELDOUT_H
