//===- ExpectedTensors.cpp - Inputs and outputs computed elsewhere --------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/ExpectedTensors.h"

#include "compiler/Tools/Npy.h"
#include "compiler/Weights/Safetensors.h"

#include <cstring>
#include <fmt/format.h>

using namespace mobileone;

std::optional<ExpectedTensors>
mobileone::readExpectedTensors(const std::string &path,
                               DiagnosticList &diagnostics) {
  std::optional<WeightStore> store = readSafetensors(path, diagnostics);
  if (!store)
    return std::nullopt;
  ExpectedTensors tensors;
  for (const std::string &name : store->names())
    tensors[name] = {store->find(name)->shape, store->read(name)};
  return tensors;
}

ReferenceTensor mobileone::toChannelsLast(const ReferenceTensor &tensor) {
  int64_t channels = tensor.shape[1];
  int64_t pixels = tensor.shape[2] * tensor.shape[3];
  ReferenceTensor result;
  result.shape = {tensor.shape[0], tensor.shape[2], tensor.shape[3], channels};
  result.values.resize(tensor.values.size());
  for (size_t i = 0; i < tensor.values.size(); ++i) {
    int64_t pixel = int64_t(i) % pixels, plane = int64_t(i) / pixels;
    int64_t image = plane / channels, channel = plane % channels;
    result.values[(image * pixels + pixel) * channels + channel] =
        tensor.values[i];
  }
  return result;
}

ReferenceTensor mobileone::toLayout(const ReferenceTensor &tensor,
                                    uint32_t layout) {
  return layout == MOBILEONE_LAYOUT_NHWC && tensor.shape.size() == 4
             ? toChannelsLast(tensor)
             : tensor;
}

bool mobileone::setExpectedInput(const ExpectedTensors &expected,
                                 ModelSession &session,
                                 DiagnosticList &diagnostics) {
  const mobileone_tensor &input = session.model().inputs[0];
  auto found = expected.find("input");
  if (found == expected.end()) {
    diagnostics.error(ErrorKind::BadInput, "--expect",
                      "the file has no tensor 'input'",
                      "it holds what the outputs were computed from");
    return false;
  }
  ReferenceTensor tensor = toLayout(found->second, input.layout);
  if (tensor.shape != shapeOf(input)) {
    diagnostics.error(
        ErrorKind::BadInput, "--expect",
        fmt::format("'input' brought from NCHW to the model's layout has shape "
                    "{} where the model takes {}",
                    formatShape(tensor.shape), formatShape(shapeOf(input))));
    return false;
  }
  std::vector<uint8_t> bytes(input.bytes);
  for (size_t i = 0; i < tensor.values.size(); ++i) {
    if (input.type.code == MOBILEONE_CODE_UINT) {
      bytes[i] = uint8_t(tensor.values[i]);
      continue;
    }
    float value = float(tensor.values[i]);
    std::memcpy(&bytes[i * sizeof(value)], &value, sizeof(value));
  }
  session.setInput(0, bytes);
  return true;
}

std::vector<ReferenceTensor>
mobileone::referenceInputs(const ModelSession &session) {
  std::vector<ReferenceTensor> tensors;
  for (uint32_t i = 0; i < session.model().input_count; ++i) {
    const mobileone_tensor &input = session.model().inputs[i];
    const std::vector<uint8_t> &bytes = session.input(i);
    ReferenceTensor tensor;
    tensor.shape = shapeOf(input);
    if (input.type.code == MOBILEONE_CODE_UINT) {
      tensor.values.assign(bytes.begin(), bytes.end());
    } else {
      std::vector<float> values(bytes.size() / sizeof(float));
      std::memcpy(values.data(), bytes.data(), bytes.size());
      tensor.values.assign(values.begin(), values.end());
    }
    tensors.push_back(std::move(tensor));
  }
  return tensors;
}
