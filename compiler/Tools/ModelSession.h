//===- ModelSession.h - A session with its buffers --------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_MODELSESSION_H
#define MOBILEONE_TOOLS_MODELSESSION_H

#include "compiler/Codegen/LoadedModel.h"
#include "compiler/Support/Diagnostics.h"

#include "mobileone/runtime.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// NumPy's name of an element type: "float32", "uint8".
std::string elementTypeName(const mobileone_element_type &type);

/// The shape of an input or output.
std::vector<int64_t> shapeOf(const mobileone_tensor &tensor);

/// A runtime session and memory for all inputs and outputs of its model.
class ModelSession {
public:
  /// `loaded` must outlive the session; `level` is a mobileone_level or -1 for
  /// the best. Reports Unsupported where the machine runs none of the programs,
  /// Internal for other refusals of the runtime.
  static std::optional<ModelSession> create(const LoadedModel &loaded,
                                            unsigned threads, int level,
                                            DiagnosticList &diagnostics);

  /// Runs once; reports Internal.
  bool run(DiagnosticList &diagnostics);
  /// Runs once, for measurements. The status is MOBILEONE_OK after `run` was.
  mobileone_status runUnchecked() {
    return mobileone_run(session.get(), inputPointers.data(),
                         outputPointers.data());
  }

  const mobileone_model &model() const { return *table; }
  mobileone_session *handle() const { return session.get(); }
  /// `bytes` has the size that the model says.
  void setInput(size_t index, const std::vector<uint8_t> &bytes);
  const std::vector<uint8_t> &input(size_t index) const {
    return inputs[index];
  }
  const std::vector<uint8_t> &output(size_t index) const {
    return outputs[index];
  }

  /// The same values for the same seed: f32 of unit variance, or all of u8.
  void fillInputs(uint64_t seed);

private:
  struct Destroy {
    void operator()(mobileone_session *session) const {
      mobileone_session_destroy(session);
    }
  };
  explicit ModelSession(const mobileone_model &model);

  const mobileone_model *table;
  std::unique_ptr<mobileone_session, Destroy> session;
  // The vectors' memory stays where it is when the session moves.
  std::vector<std::vector<uint8_t>> inputs, outputs;
  std::vector<const void *> inputPointers;
  std::vector<void *> outputPointers;
};

} // namespace mobileone

#endif // MOBILEONE_TOOLS_MODELSESSION_H
