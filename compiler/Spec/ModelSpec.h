//===- ModelSpec.h - A MobileOne network as data -----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What `spec_version` 1 of the JSON format says, validated and with every
// default filled in. The format is documented in compiler/Spec/README.md.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SPEC_MODELSPEC_H
#define MOBILEONE_SPEC_MODELSPEC_H

#include "compiler/Support/Diagnostics.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

enum class InputType { F32, U8 };
enum class TensorLayout { NCHW, NHWC };

struct InputSpec {
  int64_t batch = 1; ///< Images of a run.
  int64_t height = 224, width = 224, channels = 3;
  InputType type = InputType::F32;
  /// U8 is always NHWC.
  TensorLayout layout = TensorLayout::NCHW;
  /// Applied as (v - mean[c]) / std[c], in the units of the input's values
  /// (0..255 for U8). Empty, or one per channel.
  std::vector<double> mean, standardDeviation;
};

/// The dense 3x3 convolution that the network starts with.
struct StemSpec {
  int64_t channels = 64;
  int64_t branches = 1; ///< k: parallel conv branches while training.
  int64_t stride = 2;
};

/// `blocks` pairs of a depthwise 3x3 and a pointwise 1x1 convolution. The first
/// depthwise has the stage's stride.
struct StageSpec {
  int64_t channels = 64;
  int64_t blocks = 1;
  int64_t branches = 1;
  int64_t stride = 2;
  /// The last so many blocks have squeeze-excite, in both convolutions.
  int64_t squeezeExciteBlocks = 0;
  /// Hidden width of this stage's squeeze-excites; not set: what the weights
  /// say, or channels of the convolution / 16, at least 1.
  std::optional<int64_t> squeezeExciteHidden;
  /// Where they differ: one width per convolution of these blocks, in network
  /// order. Otherwise empty. `layersOf` resolves all of this.
  std::vector<int64_t> squeezeExciteHiddenWidths;
};

enum class HeadKind { Classifier, Features };

struct HeadSpec {
  HeadKind kind = HeadKind::Classifier;
  /// Classifier: name of the output. Features: unused.
  std::string name = "logits";
  /// Classifier: number of classes; tensors `<weights>.weight`, `.bias`.
  int64_t classes = 1000;
  std::string weights = "linear";
  /// Features: which outputs, of "stem", "stage1", ..., named like that.
  std::vector<std::string> stages;
  /// Features: layout of these outputs.
  TensorLayout layout = TensorLayout::NCHW;
};

struct ModelSpec {
  std::string name; ///< A C identifier.
  InputSpec input;
  StemSpec stem;
  std::vector<StageSpec> stages;
  std::vector<HeadSpec> heads; ///< At least one.
  double batchNormEpsilon = 1e-5;
};

/// Reads a spec. Reports every error, with its JSON path, as BadInput; unknown
/// keys come with a suggestion. `fileName` is for messages. `batch`, from 1 to
/// limits::batch, takes the place of the spec's own.
std::optional<ModelSpec>
parseModelSpec(const std::string &json, const std::string &fileName,
               DiagnosticList &diagnostics,
               std::optional<int64_t> batch = std::nullopt);

/// Opens a JSON file, or a built-in by its name, which is not looked for in the
/// file system. `batch` as of `parseModelSpec`.
std::optional<ModelSpec>
loadModelSpec(const std::string &pathOrBuiltin, DiagnosticList &diagnostics,
              std::optional<int64_t> batch = std::nullopt);

/// The spec as JSON, all values explicit: reading it again gives an equal spec.
std::string printModelSpec(const ModelSpec &spec);

/// "mobileone_s0" ... "mobileone_s4".
std::vector<std::string> builtinSpecNames();
std::optional<ModelSpec> builtinSpec(const std::string &name);

} // namespace mobileone

#endif // MOBILEONE_SPEC_MODELSPEC_H
