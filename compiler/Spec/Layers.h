//===- Layers.h - The convolutions of a network, in order -------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a ModelSpec means, layer by layer. Everything that walks the network
// (required tensors, the frontend, reports) walks this list.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SPEC_LAYERS_H
#define MOBILEONE_SPEC_LAYERS_H

#include "compiler/Spec/ModelSpec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mobileone {

enum class LayerKind {
  Stem,      ///< Dense 3x3.
  Depthwise, ///< 3x3, one group per channel.
  Pointwise  ///< Dense 1x1.
};

/// Height and width of a map, in pixels.
struct MapSize {
  int64_t height = 0, width = 0;

  bool operator==(const MapSize &other) const {
    return height == other.height && width == other.width;
  }
};

/// One MobileOne block of the paper: parallel branches, which are summed, then
/// squeeze-excite if it has one, then ReLU.
struct LayerSpec {
  LayerKind kind = LayerKind::Stem;
  std::string name;     ///< Canonical, of its tensors: "stage0", "stage1.0".
  std::string jsonPath; ///< "stem", "stages[0].blocks[1].depthwise".
  int64_t stage = 0;    ///< 0: the stem; s: spec.stages[s - 1].
  int64_t block = 0;    ///< In its stage, from 0.
  int64_t inputChannels = 0, outputChannels = 0;
  int64_t kernel = 3; ///< Height and width.
  int64_t stride = 1;
  int64_t padding = 1; ///< On each side.
  int64_t groups = 1;
  int64_t branches = 1; ///< k: conv branches of the training form.
  /// The training form has a 1x1 conv branch (kernel > 1).
  bool hasScale = false;
  /// The training form has a batch-norm-only branch: as many inputs as outputs
  /// and stride 1, but never in the stem.
  bool hasSkip = false;
  int64_t squeezeExciteHidden = 0; ///< 0: no squeeze-excite.
  MapSize input, output;
  bool endsStage = false; ///< Its result is the stem's or the stage's output.

  /// Of the conv weights: output channels x input channels / groups x kernel x
  /// kernel.
  std::vector<int64_t> weightShape() const;
};

/// The network's convolutions in execution order. `spec` must be valid.
std::vector<LayerSpec> layersOf(const ModelSpec &spec);

/// Of a 3x3 convolution with padding 1: ceil(size / stride).
int64_t outputSize(int64_t inputSize, int64_t stride);

/// What can be a features output: "stem" and each stage.
struct StageOutput {
  std::string name; ///< "stem", "stage1", ...
  int64_t channels = 0;
  MapSize size;
};

/// The stem's output, then each stage's.
std::vector<StageOutput> stageOutputsOf(const ModelSpec &spec);

} // namespace mobileone

#endif // MOBILEONE_SPEC_LAYERS_H
