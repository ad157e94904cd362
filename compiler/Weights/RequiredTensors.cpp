//===- RequiredTensors.cpp - What a checkpoint must hold ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/Layers.h"
#include "compiler/Weights/Checkpoint.h"

#include <fmt/format.h>
#include <set>

using namespace mobileone;

namespace {

class RequirementList {
public:
  void add(const std::string &name, std::vector<int64_t> shape) {
    requirements.push_back({name, std::move(shape)});
  }

  void addBatchNorm(const std::string &prefix, int64_t channels) {
    for (const char *part : {"weight", "bias", "running_mean", "running_var"})
      add(prefix + "." + part, {channels});
  }

  void addWithBias(const std::string &prefix, std::vector<int64_t> shape) {
    int64_t outputs = shape[0];
    add(prefix + ".weight", std::move(shape));
    add(prefix + ".bias", {outputs});
  }

  void addTrainLayer(const LayerSpec &layer) {
    for (int64_t j = 0; j < layer.branches; ++j) {
      std::string branch = fmt::format("{}.rbr_conv.{}", layer.name, j);
      add(branch + ".conv.weight", layer.weightShape());
      addBatchNorm(branch + ".bn", layer.outputChannels);
    }
    if (layer.hasScale) {
      add(layer.name + ".rbr_scale.conv.weight",
          {layer.outputChannels, layer.inputChannels / layer.groups, 1, 1});
      addBatchNorm(layer.name + ".rbr_scale.bn", layer.outputChannels);
    }
    if (layer.hasSkip)
      addBatchNorm(layer.name + ".rbr_skip", layer.inputChannels);
  }

  void addLayer(const LayerSpec &layer, CheckpointForm form) {
    if (form == CheckpointForm::Train)
      addTrainLayer(layer);
    else
      addWithBias(layer.name + ".reparam_conv", layer.weightShape());
    int64_t hidden = layer.squeezeExciteHidden, channels = layer.outputChannels;
    if (hidden == 0)
      return;
    addWithBias(layer.name + ".se.reduce", {hidden, channels, 1, 1});
    addWithBias(layer.name + ".se.expand", {channels, hidden, 1, 1});
  }

  std::vector<TensorRequirement> requirements;
};

} // namespace

std::vector<TensorRequirement> mobileone::requiredTensors(const ModelSpec &spec,
                                                          CheckpointForm form) {
  RequirementList list;
  for (const LayerSpec &layer : layersOf(spec))
    list.addLayer(layer, form);
  std::set<std::string> classifiers;
  for (const HeadSpec &head : spec.heads)
    if (head.kind == HeadKind::Classifier &&
        classifiers.insert(head.weights).second)
      list.addWithBias(head.weights,
                       {head.classes, spec.stages.back().channels});
  return std::move(list.requirements);
}
