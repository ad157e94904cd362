//===- OutputSummary.cpp - What a model said, for people and programs -----===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/OutputSummary.h"

#include "compiler/Tools/Npy.h"
#include "compiler/Tools/ResultTable.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <numeric>

using namespace mobileone;

static constexpr size_t kBestClasses = 5;

const char *mobileone::layoutName(uint32_t layout) {
  switch (layout) {
  case MOBILEONE_LAYOUT_NCHW:
    return "NCHW";
  case MOBILEONE_LAYOUT_NHWC:
    return "NHWC";
  }
  return "NC";
}

std::vector<float> mobileone::outputValues(const ModelBuffers &buffers,
                                           size_t index) {
  const std::vector<uint8_t> &bytes = buffers.output(index);
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

/// The largest `kBestClasses` values of one image's vector.
static std::string describeClasses(const std::vector<float> &values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  size_t best = std::min(kBestClasses, order.size());
  // NaN first: it must not hide, and comparing must stay an order.
  auto key = [&](size_t index) {
    return std::isnan(values[index]) ? INFINITY : values[index];
  };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return key(a) != key(b) ? key(a) > key(b) : a < b;
  });
  double largest = values[order.front()], sum = 0;
  for (float value : values)
    sum += std::exp(value - largest);
  ResultTable table({{"class"}, {"value"}, {"probability"}});
  for (size_t i = 0; i < best; ++i) {
    float value = values[order[i]];
    table.addRow({std::to_string(order[i]), fmt::format("{:.4f}", value),
                  fmt::format("{:.4f}", std::exp(value - largest) / sum)});
  }
  return table.str();
}

static std::string describeImages(const std::vector<float> &values,
                                  int64_t batch) {
  if (batch == 1)
    return describeClasses(values);
  std::string text;
  size_t classes = values.size() / batch;
  for (int64_t i = 0; i < batch; ++i) {
    auto begin = values.begin() + i * classes;
    text += fmt::format("image {}\n", i) +
            describeClasses({begin, begin + classes});
  }
  return text;
}

std::string mobileone::outputsAsText(const ModelBuffers &buffers) {
  std::string text;
  const mobileone_model &model = buffers.model();
  for (uint32_t i = 0; i < model.output_count; ++i) {
    const mobileone_tensor &tensor = model.outputs[i];
    std::vector<float> values = outputValues(buffers, i);
    auto range = std::minmax_element(values.begin(), values.end());
    text +=
        fmt::format("{}{} {} {}", i ? "\n" : "", tensor.name,
                    elementTypeName(tensor.type), formatShape(shapeOf(tensor)));
    if (tensor.rank == 2)
      text += "\n" + describeImages(values, tensor.shape[0]);
    else
      text += fmt::format(
          " {}: {:.4f} to {:.4f}, mean {:.4f}\n", layoutName(tensor.layout),
          *range.first, *range.second,
          std::accumulate(values.begin(), values.end(), 0.0) / values.size());
  }
  return text;
}

std::string mobileone::outputsAsJson(const ModelBuffers &buffers) {
  nlohmann::ordered_json outputs = nlohmann::ordered_json::object();
  const mobileone_model &model = buffers.model();
  for (uint32_t i = 0; i < model.output_count; ++i)
    outputs[model.outputs[i].name] = {
        {"shape", shapeOf(model.outputs[i])},
        {"layout", layoutName(model.outputs[i].layout)},
        {"values", outputValues(buffers, i)}};
  return outputs.dump() + "\n";
}
