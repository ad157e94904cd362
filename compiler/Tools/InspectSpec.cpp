//===- InspectSpec.cpp - A network in figures -----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Inspect.h"
#include "compiler/Tools/NetworkSummary.h"
#include "compiler/Tools/ResultTable.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace mobileone;
using nlohmann::ordered_json;

static std::string describeInput(const InputSpec &input) {
  return fmt::format("{}{} {} {} x {} x {}",
                     input.batch == 1 ? ""
                                      : fmt::format("{} images ", input.batch),
                     input.type == InputType::F32 ? "f32" : "u8",
                     input.layout == TensorLayout::NCHW ? "NCHW" : "NHWC",
                     input.channels, input.height, input.width);
}

static std::string describeHeads(const ModelSpec &spec) {
  std::string text;
  for (const HeadSpec &head : spec.heads) {
    text += text.empty() ? "" : ", ";
    if (head.kind == HeadKind::Classifier)
      text += fmt::format("{} of {} classes", head.name, head.classes);
    for (size_t i = 0; i < head.stages.size(); ++i)
      text += (i ? ", " : "") + head.stages[i];
  }
  return text;
}

static std::string layerTable(const NetworkSummary &network) {
  using Align = ResultTable::Align;
  ResultTable table({{"layer", Align::Left},
                     {"operation", Align::Left},
                     {"stride"},
                     {"branches"},
                     {"SE"},
                     {"result"},
                     {"M mult-adds"},
                     {"params, train"},
                     {"fused"}});
  auto millions = [](int64_t count) {
    return fmt::format("{:.2f}", 1e-6 * count);
  };
  for (const LayerSummary &layer : network.layers)
    table.addRow(
        {layer.name, layer.operation, std::to_string(layer.stride),
         std::to_string(layer.branches),
         layer.squeezeExciteHidden ? std::to_string(layer.squeezeExciteHidden)
                                   : "",
         fmt::format("{}x{}x{}", layer.channels, layer.height, layer.width),
         millions(layer.multiplyAdds), formatCount(layer.trainParameters),
         formatCount(layer.fusedParameters)});
  table.addRule();
  table.addRow({"all", "", "", "", "", "", millions(network.multiplyAdds),
                formatCount(network.trainParameters),
                formatCount(network.fusedParameters)});
  return table.str();
}

static std::string asText(const ModelSpec &spec,
                          const NetworkSummary &network) {
  double f32 = sizeof(float);
  return fmt::format(
      "{}: {} -> {}\n\n{}\nmemory as f32: weights {} as trained, {} fused; at "
      "least {} of activations{}\n",
      spec.name, describeInput(spec.input), describeHeads(spec),
      layerTable(network), formatBytes(f32 * network.trainParameters),
      formatBytes(f32 * network.fusedParameters),
      formatBytes(network.activationBytes),
      spec.input.batch == 1 ? "" : "; all figures are those of one image");
}

static std::string asJson(const ModelSpec &spec,
                          const NetworkSummary &network) {
  ordered_json layers = ordered_json::array();
  for (const LayerSummary &layer : network.layers)
    layers.push_back({{"name", layer.name},
                      {"operation", layer.operation},
                      {"stride", layer.stride},
                      {"branches", layer.branches},
                      {"squeeze_excite_hidden", layer.squeezeExciteHidden},
                      {"channels", layer.channels},
                      {"height", layer.height},
                      {"width", layer.width},
                      {"multiply_adds", layer.multiplyAdds},
                      {"parameters",
                       {{"train", layer.trainParameters},
                        {"fused", layer.fusedParameters}}}});
  ordered_json report = {{"name", spec.name},
                         {"batch", spec.input.batch},
                         {"layers", layers},
                         {"multiply_adds", network.multiplyAdds},
                         {"parameters",
                          {{"train", network.trainParameters},
                           {"fused", network.fusedParameters}}},
                         {"activation_bytes", network.activationBytes}};
  return report.dump(2) + "\n";
}

std::optional<std::string>
mobileone::inspectSpec(const std::string &pathOrBuiltin,
                       std::optional<int64_t> batch, bool json,
                       DiagnosticList &diagnostics) {
  std::optional<ModelSpec> spec =
      loadModelSpec(pathOrBuiltin, diagnostics, batch);
  if (!spec)
    return std::nullopt;
  NetworkSummary network = summarizeNetwork(*spec);
  return json ? asJson(*spec, network) : asText(*spec, network);
}

std::optional<std::string>
mobileone::printSpec(const std::string &pathOrBuiltin,
                     std::optional<int64_t> batch,
                     DiagnosticList &diagnostics) {
  std::optional<ModelSpec> spec =
      loadModelSpec(pathOrBuiltin, diagnostics, batch);
  if (!spec)
    return std::nullopt;
  std::string text = printModelSpec(*spec);
  if (text.empty() || text.back() != '\n')
    text += '\n';
  return text;
}
