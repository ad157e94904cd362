//===- NetworkSummary.cpp - A network's layers in figures -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/NetworkSummary.h"

#include "compiler/Spec/Layers.h"
#include "compiler/Weights/Checkpoint.h"

#include <algorithm>
#include <map>

using namespace mobileone;

/// The part of a tensor's name before what a layer consists of.
static std::string layerOfTensor(const std::string &name) {
  for (const char *part : {".rbr_", ".reparam_conv", ".se."})
    if (size_t at = name.find(part); at != std::string::npos)
      return name.substr(0, at);
  return name.substr(0, name.rfind('.'));
}

static int64_t elementsOf(const std::vector<int64_t> &shape) {
  int64_t elements = 1;
  for (int64_t extent : shape)
    elements *= extent;
  return elements;
}

/// Parameters by layer, without running statistics.
static std::map<std::string, int64_t> countParameters(const ModelSpec &spec,
                                                      CheckpointForm form) {
  std::map<std::string, int64_t> parameters;
  for (const TensorRequirement &tensor : requiredTensors(spec, form))
    if (tensor.name.find(".running_") == std::string::npos)
      parameters[layerOfTensor(tensor.name)] += elementsOf(tensor.shape);
  return parameters;
}

static std::string operationOf(const LayerSpec &layer) {
  std::string kernel = std::to_string(layer.kernel);
  std::string size = " " + kernel + "x" + kernel;
  switch (layer.kind) {
  case LayerKind::Stem:
    break;
  case LayerKind::Depthwise:
    return "depthwise" + size;
  case LayerKind::Pointwise:
    return "pointwise" + size;
  }
  return "conv" + size;
}

static LayerSummary summarizeConv(const LayerSpec &layer) {
  LayerSummary summary;
  summary.name = layer.name;
  summary.operation = operationOf(layer);
  summary.channels = layer.outputChannels;
  summary.height = layer.output.height;
  summary.width = layer.output.width;
  summary.stride = layer.stride;
  summary.branches = layer.branches + layer.hasScale + layer.hasSkip;
  summary.squeezeExciteHidden = layer.squeezeExciteHidden;
  int64_t pixels = layer.output.height * layer.output.width;
  summary.multiplyAdds = pixels * elementsOf(layer.weightShape()) +
                         2 * layer.outputChannels * layer.squeezeExciteHidden;
  return summary;
}

static LayerSummary summarizeClassifier(const HeadSpec &head,
                                        int64_t features) {
  LayerSummary summary;
  summary.name = head.weights;
  summary.operation = "pool, linear";
  summary.channels = head.classes;
  summary.height = summary.width = 1;
  summary.multiplyAdds = features * head.classes;
  return summary;
}

NetworkSummary mobileone::summarizeNetwork(const ModelSpec &spec) {
  NetworkSummary network;
  std::vector<LayerSpec> layers = layersOf(spec);
  for (const LayerSpec &layer : layers) {
    network.layers.push_back(summarizeConv(layer));
    int64_t input =
        layer.inputChannels * layer.input.height * layer.input.width;
    int64_t output =
        layer.outputChannels * layer.output.height * layer.output.width;
    network.activationBytes = std::max(
        network.activationBytes, (input + output) * int64_t(sizeof(float)));
  }
  for (const HeadSpec &head : spec.heads)
    if (head.kind == HeadKind::Classifier)
      network.layers.push_back(
          summarizeClassifier(head, layers.back().outputChannels));
  auto train = countParameters(spec, CheckpointForm::Train);
  auto fused = countParameters(spec, CheckpointForm::Fused);
  for (LayerSummary &layer : network.layers) {
    layer.trainParameters = train[layer.name];
    layer.fusedParameters = fused[layer.name];
    network.multiplyAdds += layer.multiplyAdds;
    network.trainParameters += layer.trainParameters;
    network.fusedParameters += layer.fusedParameters;
  }
  return network;
}
