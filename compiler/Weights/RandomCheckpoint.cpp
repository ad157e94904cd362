//===- RandomCheckpoint.cpp - Weights from a seed -------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Uses only additions, multiplications, divisions and square roots, which IEEE
// 754 defines to the last bit, so that a seed means the same weights
// everywhere.
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/Layers.h"
#include "compiler/Weights/Checkpoint.h"

#include <cmath>
#include <fmt/format.h>

using namespace mobileone;

namespace {

/// [low, high).
struct Interval {
  double low, high;
};

/// SplitMix64 (Steele, Lea, Flood 2014), started from the seed and a tensor's
/// name, so that tensors do not depend on each other's order.
class TensorRandom {
public:
  TensorRandom(uint64_t seed, const std::string &name) : state(seed) {
    for (unsigned char c : name)
      state = (state ^ c) * 0x100000001B3ULL; // FNV-1a.
  }

  double uniform(Interval interval) {
    double fraction = static_cast<double>(next() >> 11) * 0x1p-53;
    return interval.low + (interval.high - interval.low) * fraction;
  }

private:
  uint64_t next() {
    uint64_t z = state += 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  uint64_t state;
};

/// Draws tensors as PyTorch would store them: in f32.
class RandomWeights {
public:
  RandomWeights(uint64_t seed, WeightStore &weights)
      : seed(seed), weights(weights) {}

  void addUniform(const std::string &name, int64_t count, Interval interval);
  /// Each slice of the first dimension gets the length `norm`, so that
  /// uncorrelated inputs of mean square 1 give outputs of mean square norm^2.
  void addFilters(const std::string &name, std::vector<int64_t> shape,
                  double norm);
  /// Scales values of mean square 1 by values from `scales`.
  void addBatchNorm(const std::string &prefix, int64_t channels,
                    Interval scales);

private:
  void add(const std::string &name, std::vector<int64_t> shape,
           std::vector<float> values);

  uint64_t seed;
  WeightStore &weights;
};

} // namespace

void RandomWeights::add(const std::string &name, std::vector<int64_t> shape,
                        std::vector<float> values) {
  auto owned = std::make_shared<const std::vector<float>>(std::move(values));
  weights.addView(name,
                  {WeightType::F32, std::move(shape),
                   reinterpret_cast<const uint8_t *>(owned->data())},
                  owned);
}

void RandomWeights::addUniform(const std::string &name, int64_t count,
                               Interval interval) {
  TensorRandom random(seed, name);
  std::vector<float> values(count);
  for (float &value : values)
    value = static_cast<float>(random.uniform(interval));
  add(name, {count}, std::move(values));
}

void RandomWeights::addFilters(const std::string &name,
                               std::vector<int64_t> shape, double norm) {
  TensorRandom random(seed, name);
  int64_t length = 1;
  for (size_t i = 1; i < shape.size(); ++i)
    length *= shape[i];
  std::vector<float> values(shape[0] * length);
  std::vector<double> filter(length);
  for (int64_t o = 0; o < shape[0]; ++o) {
    double squares = 1e-30; // Never 0.
    for (double &value : filter) {
      value = random.uniform({-1, 1});
      squares += value * value;
    }
    double scale = norm / std::sqrt(squares);
    for (int64_t i = 0; i < length; ++i)
      values[o * length + i] = static_cast<float>(filter[i] * scale);
  }
  add(name, std::move(shape), std::move(values));
}

void RandomWeights::addBatchNorm(const std::string &prefix, int64_t channels,
                                 Interval scales) {
  addUniform(prefix + ".weight", channels, scales);
  addUniform(prefix + ".bias", channels, {-0.1, 0.1});
  addUniform(prefix + ".running_mean", channels, {-0.1, 0.1});
  addUniform(prefix + ".running_var", channels, {0.8, 1.2});
}

/// What a layer's convolutions together multiply with, so that its result has
/// mean square 1: ReLU halves the mean square, and squeeze-excites gate by
/// sigmoid(1) on average.
static double layerGain(const LayerSpec &layer) {
  double gain = std::sqrt(2.0);
  return layer.squeezeExciteHidden ? gain / 0.73 : gain;
}

static void addTrainLayer(const LayerSpec &layer, double inputScale,
                          RandomWeights &random) {
  // The mean square of the skip's scale is a third of the others'.
  double meanSquares = layer.branches + layer.hasScale + layer.hasSkip / 3.0;
  double gain = layerGain(layer) / std::sqrt(meanSquares);
  Interval scales = {0.8 * gain, 1.2 * gain};
  int64_t channels = layer.outputChannels;
  for (int64_t j = 0; j < layer.branches; ++j) {
    std::string branch = fmt::format("{}.rbr_conv.{}", layer.name, j);
    random.addFilters(branch + ".conv.weight", layer.weightShape(), inputScale);
    random.addBatchNorm(branch + ".bn", channels, scales);
  }
  if (layer.hasScale) {
    random.addFilters(layer.name + ".rbr_scale.conv.weight",
                      {channels, layer.inputChannels / layer.groups, 1, 1},
                      inputScale);
    random.addBatchNorm(layer.name + ".rbr_scale.bn", channels, scales);
  }
  // Of either sign: ReLU would not halve the mean square of a sum that leans
  // to one side, and dozens of layers would add up to an explosion.
  if (layer.hasSkip)
    random.addBatchNorm(layer.name + ".rbr_skip", channels, {-gain, gain});
}

static void addSqueezeExcite(const LayerSpec &layer, RandomWeights &random) {
  int64_t hidden = layer.squeezeExciteHidden, channels = layer.outputChannels;
  std::string prefix = layer.name + ".se.";
  random.addFilters(prefix + "reduce.weight", {hidden, channels, 1, 1}, 1);
  random.addUniform(prefix + "reduce.bias", hidden, {-0.1, 0.1});
  random.addFilters(prefix + "expand.weight", {channels, hidden, 1, 1}, 0.5);
  random.addUniform(prefix + "expand.bias", channels, {0.5, 1.5});
}

/// Brings bytes, where no mean and std do, to mean square 1.
static double inputScaleOf(const InputSpec &input) {
  constexpr double rootMeanSquareOfBytes = 147;
  bool isRaw = input.type == InputType::U8 && input.standardDeviation.empty();
  return isRaw ? 1 / rootMeanSquareOfBytes : 1;
}

Checkpoint mobileone::randomCheckpoint(const ModelSpec &spec,
                                       CheckpointForm form, uint64_t seed) {
  Checkpoint checkpoint;
  checkpoint.form = form;
  checkpoint.naming = "apple";
  RandomWeights random(seed, checkpoint.weights);
  for (const LayerSpec &layer : layersOf(spec)) {
    bool isStem = layer.kind == LayerKind::Stem;
    double inputScale = isStem ? inputScaleOf(spec.input) : 1;
    if (form == CheckpointForm::Train) {
      addTrainLayer(layer, inputScale, random);
    } else {
      random.addFilters(layer.name + ".reparam_conv.weight",
                        layer.weightShape(), inputScale * layerGain(layer));
      random.addUniform(layer.name + ".reparam_conv.bias", layer.outputChannels,
                        {-0.1, 0.1});
    }
    if (layer.squeezeExciteHidden)
      addSqueezeExcite(layer, random);
  }
  int64_t features = spec.stages.back().channels;
  for (const HeadSpec &head : spec.heads) {
    if (head.kind != HeadKind::Classifier)
      continue;
    random.addFilters(head.weights + ".weight", {head.classes, features}, 1);
    random.addUniform(head.weights + ".bias", head.classes, {-0.1, 0.1});
  }
  return checkpoint;
}
