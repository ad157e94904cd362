//===- ModelFixture.h - What the runtime's tests share ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_RUNTIME_MODELFIXTURE_H
#define MOBILEONE_TEST_RUNTIME_MODELFIXTURE_H

#include "HandWrittenModel.h"
#include "mobileone/runtime.h"

#include <memory>
#include <vector>

namespace mobileone::runtime::test {

/// A hand-written model's input, of as many images as its batch, room for its
/// outputs, and what they must be. All values are small integers, so every
/// order of summing is exact.
struct Tensors {
  explicit Tensors(const mobileone_model &model, unsigned seed = 1,
                   float weightFactor = 1);

  const void *const *inputs() const { return inputPointers; }
  void *const *outputs() { return outputPointers; }
  /// Forgets the outputs of earlier runs.
  void clear();

  std::vector<float> image, map, logits;
  std::vector<float> expectedMap, expectedLogits;

private:
  const void *inputPointers[1];
  void *outputPointers[2];
};

/// Runs `session` and checks both outputs.
void expectRightRun(mobileone_session *session, Tensors &tensors);

/// A copy of a model whose table can be changed.
struct EditableModel {
  explicit EditableModel(const mobileone_model &original);
  EditableModel(const EditableModel &) = delete;
  EditableModel &operator=(const EditableModel &) = delete;

  mobileone_program &program() { return programs.front(); }
  mobileone_operand &operand(unsigned step, unsigned index) {
    return operands[step][index];
  }

  mobileone_model model;
  std::vector<mobileone_program> programs;
  std::vector<mobileone_step> steps;
  std::vector<std::vector<mobileone_operand>> operands;
};

struct SessionDeleter {
  void operator()(mobileone_session *session) const {
    mobileone_session_destroy(session);
  }
};
using SessionPointer = std::unique_ptr<mobileone_session, SessionDeleter>;

/// A session that must come to be.
SessionPointer makeSession(const mobileone_model &model,
                           const mobileone_options &options);
SessionPointer makeSession(const mobileone_model &model, uint32_t threads = 1);

/// Expects that a session cannot be made and that the error says `message`.
void expectRefusal(const mobileone_model &model,
                   const mobileone_options *options, mobileone_status status,
                   const char *message);

} // namespace mobileone::runtime::test

#endif // MOBILEONE_TEST_RUNTIME_MODELFIXTURE_H
