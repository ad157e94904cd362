//===- Layers.cpp - The convolutions of a network, in order ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/Layers.h"

#include <algorithm>
#include <fmt/format.h>

using namespace mobileone;

std::vector<int64_t> LayerSpec::weightShape() const {
  return {outputChannels, inputChannels / groups, kernel, kernel};
}

int64_t mobileone::outputSize(int64_t inputSize, int64_t stride) {
  return (inputSize - 1) / stride + 1;
}

static LayerSpec stemLayer(const ModelSpec &spec) {
  LayerSpec layer;
  layer.kind = LayerKind::Stem;
  layer.name = "stage0";
  layer.jsonPath = "stem";
  layer.inputChannels = spec.input.channels;
  layer.outputChannels = spec.stem.channels;
  layer.stride = spec.stem.stride;
  layer.branches = spec.stem.branches;
  layer.hasScale = true;
  layer.input = {spec.input.height, spec.input.width};
  layer.output = {outputSize(spec.input.height, layer.stride),
                  outputSize(spec.input.width, layer.stride)};
  layer.endsStage = true;
  return layer;
}

/// Hidden width of the `index`-th convolution of the stage, which has
/// `channels` outputs; 0 if it has no squeeze-excite.
static int64_t hiddenWidth(const StageSpec &stage, int64_t index,
                           int64_t channels) {
  int64_t first = 2 * (stage.blocks - stage.squeezeExciteBlocks);
  if (index < first)
    return 0;
  if (!stage.squeezeExciteHiddenWidths.empty())
    return stage.squeezeExciteHiddenWidths[index - first];
  return stage.squeezeExciteHidden.value_or(
      std::max<int64_t>(1, channels / 16));
}

/// The `index`-th convolution of the stage after `previous`.
static LayerSpec stageLayer(const StageSpec &stage, int64_t stageNumber,
                            int64_t index, const LayerSpec &previous) {
  LayerSpec layer;
  bool isDepthwise = index % 2 == 0;
  layer.kind = isDepthwise ? LayerKind::Depthwise : LayerKind::Pointwise;
  layer.stage = stageNumber;
  layer.block = index / 2;
  layer.name = fmt::format("stage{}.{}", stageNumber, index);
  layer.jsonPath =
      fmt::format("stages[{}].blocks[{}].{}", stageNumber - 1, layer.block,
                  isDepthwise ? "depthwise" : "pointwise");
  layer.inputChannels = previous.outputChannels;
  layer.outputChannels = isDepthwise ? layer.inputChannels : stage.channels;
  layer.kernel = isDepthwise ? 3 : 1;
  layer.padding = isDepthwise ? 1 : 0;
  layer.stride = index == 0 ? stage.stride : 1;
  layer.groups = isDepthwise ? layer.inputChannels : 1;
  layer.branches = stage.branches;
  layer.hasScale = isDepthwise;
  layer.hasSkip =
      layer.inputChannels == layer.outputChannels && layer.stride == 1;
  layer.squeezeExciteHidden = hiddenWidth(stage, index, layer.outputChannels);
  layer.input = previous.output;
  layer.output = {outputSize(layer.input.height, layer.stride),
                  outputSize(layer.input.width, layer.stride)};
  layer.endsStage = index + 1 == 2 * stage.blocks;
  return layer;
}

std::vector<LayerSpec> mobileone::layersOf(const ModelSpec &spec) {
  std::vector<LayerSpec> layers = {stemLayer(spec)};
  for (size_t s = 0; s < spec.stages.size(); ++s)
    for (int64_t i = 0; i < 2 * spec.stages[s].blocks; ++i)
      layers.push_back(stageLayer(spec.stages[s], s + 1, i, layers.back()));
  return layers;
}

std::vector<StageOutput> mobileone::stageOutputsOf(const ModelSpec &spec) {
  std::vector<StageOutput> outputs;
  for (const LayerSpec &layer : layersOf(spec)) {
    if (!layer.endsStage)
      continue;
    std::string name =
        layer.stage == 0 ? "stem" : fmt::format("stage{}", layer.stage);
    outputs.push_back({name, layer.outputChannels, layer.output});
  }
  return outputs;
}
