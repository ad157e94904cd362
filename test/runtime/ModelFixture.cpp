//===- ModelFixture.cpp - What the runtime's tests share ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelFixture.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

using namespace mobileone::runtime::test;

namespace {

float pixel(const float *image, int height, int c, int x, int y) {
  if (x < 0 || x >= HAND_WIDTH || y < 0 || y >= height ||
      c >= HAND_INPUT_CHANNELS)
    return 0;
  return image[(y * HAND_WIDTH + x) * HAND_INPUT_CHANNELS + c];
}

float windowSum(const float *image, int height, int c, int x, int y) {
  float sum = 0;
  for (int dy = -1; dy <= 1; ++dy)
    for (int dx = -1; dx <= 1; ++dx)
      sum += pixel(image, height, c, x + dx, y + dy);
  return sum;
}

/// Appends what `image`, one of the tensors' images, gives.
void computeExpected(Tensors &tensors, const float *image, int height,
                     float factor) {
  float sums[HAND_CHANNELS] = {};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < HAND_WIDTH; ++x)
      for (int c = 0; c < HAND_CHANNELS; ++c) {
        float value = windowSum(image, height, c, x, y) * float(c + 1) * factor;
        tensors.expectedMap.push_back(value);
        sums[c] += value;
      }
  for (float logit :
       {sums[0], 2 * sums[1], 3 * sums[2], sums[0] + sums[1] + sums[2]})
    tensors.expectedLogits.push_back(logit * factor);
}

} // namespace

Tensors::Tensors(const mobileone_model &model, unsigned seed,
                 float weightFactor) {
  int height = int(model.inputs[0].shape[1]);
  std::mt19937 random(seed);
  image.resize(model.inputs[0].bytes / sizeof(float));
  for (float &value : image)
    value = float(int(random() % 17) - 8);
  size_t imageSize = image.size() / model.batch;
  for (uint32_t i = 0; i < model.batch; ++i)
    computeExpected(*this, &image[i * imageSize], height, weightFactor);
  map.resize(expectedMap.size());
  logits.resize(expectedLogits.size());
  clear();
  inputPointers[0] = image.data();
  outputPointers[0] = map.data();
  outputPointers[1] = logits.data();
}

void Tensors::clear() {
  std::fill(map.begin(), map.end(), -12345.0f);
  std::fill(logits.begin(), logits.end(), -12345.0f);
}

void mobileone::runtime::test::expectRightRun(mobileone_session *session,
                                              Tensors &tensors) {
  tensors.clear();
  ASSERT_EQ(mobileone_run(session, tensors.inputs(), tensors.outputs()),
            MOBILEONE_OK)
      << mobileone_last_error(session);
  EXPECT_EQ(tensors.map, tensors.expectedMap);
  EXPECT_EQ(tensors.logits, tensors.expectedLogits);
}

EditableModel::EditableModel(const mobileone_model &original)
    : model(original),
      programs(original.programs, original.programs + original.program_count) {
  const mobileone_program &first = original.programs[0];
  steps.assign(first.steps, first.steps + first.step_count);
  for (mobileone_step &step : steps) {
    operands.emplace_back(step.operands, step.operands + step.operand_count);
    step.operands = operands.back().data();
  }
  for (mobileone_program &program : programs)
    program.steps = steps.data();
  model.programs = programs.data();
}

SessionPointer
mobileone::runtime::test::makeSession(const mobileone_model &model,
                                      const mobileone_options &options) {
  mobileone_session *session = nullptr;
  EXPECT_EQ(mobileone_session_create(&model, &options, &session), MOBILEONE_OK)
      << mobileone_last_error(nullptr);
  return SessionPointer(session);
}

SessionPointer
mobileone::runtime::test::makeSession(const mobileone_model &model,
                                      uint32_t threads) {
  mobileone_options options = mobileone_default_options();
  options.threads = threads;
  return makeSession(model, options);
}

void mobileone::runtime::test::expectRefusal(const mobileone_model &model,
                                             const mobileone_options *options,
                                             mobileone_status status,
                                             const char *message) {
  mobileone_session *session = nullptr;
  EXPECT_EQ(mobileone_session_create(&model, options, &session), status);
  EXPECT_EQ(session, nullptr);
  EXPECT_STREQ(mobileone_last_error(nullptr), message);
  mobileone_session_destroy(session);
}
