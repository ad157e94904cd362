//===- HandWrittenModel.h - A model without a compiler ----------*- C -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Models of one kind, each compiled from HandWrittenModel.c with other
// parameters: two versions of a small one, a tall one of many tiles, and one
// for two images at a time.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_RUNTIME_HANDWRITTENMODEL_H
#define MOBILEONE_TEST_RUNTIME_HANDWRITTENMODEL_H

#include "mobileone/model_abi.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  HAND_WIDTH = 5,
  HAND_INPUT_CHANNELS = 3,
  HAND_CHANNELS = 4, /* In memory and in the map; the fourth is padding. */
  HAND_CLASSES = 4,
  HAND_SMALL_HEIGHT = 6,
  HAND_TALL_HEIGHT = 97,
  HAND_WEIGHTS = HAND_CHANNELS + HAND_CLASSES * HAND_CHANNELS
};

/* Input 0: f32, NHWC, batch x height x HAND_WIDTH x HAND_INPUT_CHANNELS.
 * Output 0, "map": f32, NHWC, batch x height x HAND_WIDTH x HAND_CHANNELS: sums
 * over 3x3 windows of the input times a scale per channel.
 * Output 1, "logits": f32, NC, batch x HAND_CLASSES: a linear layer of the
 * map's sums per channel. */
extern const mobileone_model hand_small;
extern const mobileone_model hand_small_doubled; /* All weights doubled. */
extern const mobileone_model hand_tall;
extern const mobileone_model hand_batch; /* HAND_SMALL_HEIGHT rows. */

#ifdef __cplusplus
}
#endif

#endif /* MOBILEONE_TEST_RUNTIME_HANDWRITTENMODEL_H */
