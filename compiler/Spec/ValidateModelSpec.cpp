//===- ValidateModelSpec.cpp - What follows from a spec's values ----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/Layers.h"
#include "compiler/Spec/ModelSpec.h"
#include "compiler/Spec/SpecLimits.h"
#include "compiler/Spec/SpecParts.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

using namespace mobileone;

namespace {

class SpecValidator {
public:
  SpecValidator(const ModelSpec &spec,
                const std::vector<std::string> &headPaths,
                const std::string &fileName, DiagnosticList &diagnostics)
      : spec(spec), headPaths(headPaths), fileName(fileName),
        diagnostics(diagnostics) {}

  void run() {
    checkOutputNames();
    checkClassifierWeights();
    if (checkDepth())
      checkSizes();
  }

private:
  void error(const std::string &path, const std::string &message,
             const std::string &hint = "") {
    diagnostics.error(ErrorKind::BadInput,
                      path.empty() ? fileName : fileName + ": " + path, message,
                      hint);
  }

  bool checkDepth();
  void checkSizes();
  void checkMap(const std::string &path, int64_t channels, MapSize size);
  void checkOutputs();
  void checkOutputNames();
  void addOutputName(const std::string &name, const std::string &path);
  void checkClassifierWeights();
  /// Parameters of the heads, merged or not.
  int64_t headParameters() const;

  const ModelSpec &spec;
  const std::vector<std::string> &headPaths;
  const std::string &fileName;
  DiagnosticList &diagnostics;
  std::map<std::string, std::string> outputPaths; ///< By lower-case name.
};

} // namespace

bool SpecValidator::checkDepth() {
  int64_t layers = 1;
  for (const StageSpec &stage : spec.stages)
    layers += 2 * stage.blocks;
  if (layers > limits::layers)
    error("stages", fmt::format("the network has {} convolutions; at most {} "
                                "are possible",
                                layers, limits::layers));
  return layers <= limits::layers;
}

void SpecValidator::checkMap(const std::string &path, int64_t channels,
                             MapSize size) {
  // Three factors are at most 2^16, the batch 2^10.
  int64_t elements = spec.input.batch * channels * size.height * size.width;
  if (elements <= limits::mapElements)
    return;
  std::string shape =
      fmt::format("{} x {} x {}", channels, size.height, size.width);
  std::string maps =
      spec.input.batch == 1
          ? fmt::format("a map of {} has", shape)
          : fmt::format("{} maps of {} have", spec.input.batch, shape);
  error(path, fmt::format("{} {} elements; at most {} are possible", maps,
                          elements, limits::mapElements));
}

/// Classifiers' outputs; others are maps.
void SpecValidator::checkOutputs() {
  for (size_t h = 0; h < spec.heads.size(); ++h) {
    const HeadSpec &head = spec.heads[h];
    int64_t elements = spec.input.batch * head.classes;
    if (head.kind == HeadKind::Classifier && elements > limits::mapElements)
      error(headPaths[h] + ".classes",
            fmt::format("{} outputs of {} classes have {} elements; at most {} "
                        "are possible",
                        spec.input.batch, head.classes, elements,
                        limits::mapElements));
  }
}

int64_t SpecValidator::headParameters() const {
  int64_t parameters = 0;
  for (const HeadSpec &head : spec.heads)
    if (head.kind == HeadKind::Classifier)
      parameters += head.classes * (spec.stages.back().channels + 1);
  return parameters;
}

void SpecValidator::checkSizes() {
  checkMap("input", spec.input.channels, {spec.input.height, spec.input.width});
  int64_t merged = headParameters(), trained = merged;
  for (const LayerSpec &layer : layersOf(spec)) {
    checkMap(layer.jsonPath, layer.outputChannels, layer.output);
    int64_t filter = layer.inputChannels / layer.groups;
    int64_t taps = layer.kernel * layer.kernel;
    int64_t squeezeExcite =
        layer.squeezeExciteHidden * (2 * layer.outputChannels + 1) +
        (layer.squeezeExciteHidden ? layer.outputChannels : 0);
    // A batch norm has four values per channel.
    int64_t branch = layer.outputChannels * (filter * taps + 4);
    int64_t scale = layer.hasScale ? layer.outputChannels * (filter + 4) : 0;
    int64_t skip = layer.hasSkip ? 4 * layer.outputChannels : 0;
    merged += layer.outputChannels * (filter * taps + 1) + squeezeExcite;
    trained += layer.branches * branch + scale + skip + squeezeExcite;
  }
  checkOutputs();
  if (merged > limits::parameters)
    error("", fmt::format("the network has {} parameters; at most {} are "
                          "possible",
                          merged, limits::parameters));
  else if (trained > limits::trainParameters)
    error("", fmt::format("the network has {} parameters with all branches; "
                          "at most {} are possible",
                          trained, limits::trainParameters));
}

void SpecValidator::addOutputName(const std::string &name,
                                  const std::string &path) {
  std::string key = name;
  std::transform(key.begin(), key.end(), key.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  auto [other, isNew] = outputPaths.emplace(key, path);
  if (!isNew)
    error(path, fmt::format("the name \"{}\" is taken by {}; names of outputs "
                            "must differ in more than case",
                            name, other->second));
}

void SpecValidator::checkOutputNames() {
  outputPaths["input"] = "input";
  for (size_t h = 0; h < spec.heads.size(); ++h) {
    const HeadSpec &head = spec.heads[h];
    const std::string &path = headPaths[h];
    if (head.kind == HeadKind::Classifier)
      addOutputName(head.name, path + ".name");
    for (size_t s = 0; s < head.stages.size(); ++s)
      addOutputName(head.stages[s], fmt::format("{}.stages[{}]", path, s));
  }
}

void SpecValidator::checkClassifierWeights() {
  std::map<std::string, size_t> firstHeads;
  for (size_t h = 0; h < spec.heads.size(); ++h) {
    const HeadSpec &head = spec.heads[h];
    if (head.kind != HeadKind::Classifier)
      continue;
    size_t first = firstHeads.emplace(head.weights, h).first->second;
    if (spec.heads[first].classes != head.classes)
      error(headPaths[h] + ".weights",
            fmt::format("\"{}\" has {} classes here and {} in {}", head.weights,
                        head.classes, spec.heads[first].classes,
                        headPaths[first]),
            "name each classifier's tensors");
  }
}

void mobileone::validateModelSpec(const ModelSpec &spec,
                                  const std::vector<std::string> &headPaths,
                                  const std::string &fileName,
                                  DiagnosticList &diagnostics) {
  SpecValidator(spec, headPaths, fileName, diagnostics).run();
}
