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

#include <cmath>
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
                                    uint32_t layout,
                                    const std::vector<int64_t> &shape) {
  if (layout != MOBILEONE_LAYOUT_NHWC || tensor.shape.size() != 4)
    return tensor;
  ReferenceTensor channelsLast = toChannelsLast(tensor);
  return channelsLast.shape != shape && tensor.shape == shape ? tensor
                                                              : channelsLast;
}

int64_t mobileone::countImages(const ExpectedTensors &expected) {
  auto input = expected.find("input");
  return input == expected.end() || input->second.shape.empty()
             ? 0
             : input->second.shape[0];
}

static bool reportInput(const std::string &message, const std::string &hint,
                        DiagnosticList &diagnostics) {
  diagnostics.error(ErrorKind::BadInput, "--expect", message, hint);
  return false;
}

/// Reports a tensor that is not what `input` takes, as `found` in the file.
static bool reportShape(const std::vector<int64_t> &found,
                        const mobileone_tensor &input,
                        DiagnosticList &diagnostics) {
  std::vector<int64_t> shape = shapeOf(input);
  if (found.size() == 4 && found[0] > shape[0])
    return reportInput(
        fmt::format("'input' holds {} images where the model takes {}",
                    found[0], shape[0]),
        fmt::format("verify with --batch {}, or save less, and what was "
                    "computed from it: x[:{}]",
                    found[0], shape[0]),
        diagnostics);
  std::string expected = formatShape(shape);
  if (input.layout == MOBILEONE_LAYOUT_NHWC)
    expected += " or, as NCHW, " +
                formatShape({shape[0], shape[3], shape[1], shape[2]});
  return reportInput(fmt::format("'input' has shape {} where the model takes "
                                 "{}",
                                 formatShape(found), expected),
                     "", diagnostics);
}

/// The bytes of `values` in the type of `input`. False after reporting a value
/// that is none of its.
static bool toBytes(const std::vector<double> &values,
                    const mobileone_tensor &input, std::vector<uint8_t> &bytes,
                    DiagnosticList &diagnostics) {
  bytes.resize(values.size() * (input.type.bits / 8));
  for (size_t i = 0; i < values.size(); ++i) {
    if (input.type.code != MOBILEONE_CODE_UINT) {
      float value = float(values[i]);
      std::memcpy(&bytes[i * sizeof(value)], &value, sizeof(value));
      continue;
    }
    if (!(values[i] >= 0 && values[i] <= 255) ||
        values[i] != std::floor(values[i]))
      return reportInput(
          fmt::format("'input' has the value {:g} where the model takes bytes",
                      values[i]),
          "save the image before it is normalized, as numbers 0 ... 255",
          diagnostics);
    bytes[i] = uint8_t(values[i]);
  }
  return true;
}

bool mobileone::setExpectedInput(const ExpectedTensors &expected, uint64_t seed,
                                 ModelBuffers &buffers,
                                 DiagnosticList &diagnostics) {
  const mobileone_tensor &input = buffers.model().inputs[0];
  auto found = expected.find("input");
  if (found == expected.end())
    return reportInput("the file has no tensor 'input'",
                       "it holds what the outputs were computed from",
                       diagnostics);
  int64_t images = countImages(expected);
  std::vector<int64_t> shape = shapeOf(input);
  bool isTooMany = images > shape[0];
  shape[0] = images;
  ReferenceTensor tensor = toLayout(found->second, input.layout, shape);
  if (images < 1 || isTooMany || tensor.shape != shape)
    return reportShape(found->second.shape, input, diagnostics);
  std::vector<uint8_t> bytes;
  if (!toBytes(tensor.values, input, bytes, diagnostics))
    return false;
  buffers.fillInputs(seed);
  const std::vector<uint8_t> &filled = buffers.input(0);
  bytes.insert(bytes.end(), filled.begin() + bytes.size(), filled.end());
  buffers.setInput(0, bytes);
  return true;
}

std::vector<ReferenceTensor>
mobileone::referenceInputs(const ModelBuffers &buffers) {
  std::vector<ReferenceTensor> tensors;
  for (uint32_t i = 0; i < buffers.model().input_count; ++i) {
    const mobileone_tensor &input = buffers.model().inputs[i];
    const std::vector<uint8_t> &bytes = buffers.input(i);
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
