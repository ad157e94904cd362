//===- ModelBuffers.h - Memory for a model's inputs and outputs -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_MODELBUFFERS_H
#define MOBILEONE_TOOLS_MODELBUFFERS_H

#include "mobileone/model_abi.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mobileone {

/// NumPy's name of an element type: "float32", "uint8".
std::string elementTypeName(const mobileone_element_type &type);

/// The shape of an input or output.
std::vector<int64_t> shapeOf(const mobileone_tensor &tensor);

/// Memory for all inputs and outputs of a model, wherever it runs.
class ModelBuffers {
public:
  /// Of `model` only name, inputs and outputs are used. It outlives this.
  explicit ModelBuffers(const mobileone_model &model);

  const mobileone_model &model() const { return *table; }
  /// `bytes` has the size that the model says.
  void setInput(size_t index, const std::vector<uint8_t> &bytes);
  const std::vector<uint8_t> &input(size_t index) const {
    return inputs[index];
  }
  void setOutput(size_t index, const std::vector<uint8_t> &bytes);
  const std::vector<uint8_t> &output(size_t index) const {
    return outputs[index];
  }

  /// The same values for the same seed: f32 of unit variance, or all of u8.
  void fillInputs(uint64_t seed);

protected:
  const mobileone_model *table;
  // The vectors' memory stays where it is when this moves.
  std::vector<std::vector<uint8_t>> inputs, outputs;
};

} // namespace mobileone

#endif // MOBILEONE_TOOLS_MODELBUFFERS_H
