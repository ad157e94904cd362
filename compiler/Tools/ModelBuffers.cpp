//===- ModelBuffers.cpp - Memory for a model's inputs and outputs ---------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/ModelBuffers.h"

#include "compiler/Tools/Npy.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <random>

using namespace mobileone;

std::string mobileone::elementTypeName(const mobileone_element_type &type) {
  const char kinds[] = {'i', 'u', 'f'};
  return npyTypeName(kinds[type.code], type.bits / 8);
}

std::vector<int64_t> mobileone::shapeOf(const mobileone_tensor &tensor) {
  return {tensor.shape, tensor.shape + tensor.rank};
}

ModelBuffers::ModelBuffers(const mobileone_model &model) : table(&model) {
  for (uint32_t i = 0; i < model.input_count; ++i)
    inputs.emplace_back(model.inputs[i].bytes);
  for (uint32_t i = 0; i < model.output_count; ++i)
    outputs.emplace_back(model.outputs[i].bytes);
}

void ModelBuffers::setInput(size_t index, const std::vector<uint8_t> &bytes) {
  assert(bytes.size() == inputs[index].size() && "as the model says");
  std::copy(bytes.begin(), bytes.end(), inputs[index].begin());
}

void ModelBuffers::setOutput(size_t index, const std::vector<uint8_t> &bytes) {
  assert(bytes.size() == outputs[index].size() && "as the model says");
  std::copy(bytes.begin(), bytes.end(), outputs[index].begin());
}

void ModelBuffers::fillInputs(uint64_t seed) {
  std::mt19937_64 random(seed);
  // Not std::normal_distribution, whose values differ between libraries.
  auto uniform = [&] { return (random() >> 11) * 0x1p-53; };
  constexpr double kUnitVariance = 3.4641016151377544; // sqrt(12)
  for (size_t i = 0; i < inputs.size(); ++i) {
    std::vector<uint8_t> &bytes = inputs[i];
    if (table->inputs[i].type.code == MOBILEONE_CODE_UINT) {
      for (uint8_t &byte : bytes)
        byte = uint8_t(random() >> 56);
      continue;
    }
    for (size_t at = 0; at + sizeof(float) <= bytes.size();
         at += sizeof(float)) {
      float value = float((uniform() - 0.5) * kUnitVariance);
      std::memcpy(&bytes[at], &value, sizeof(value));
    }
  }
}
