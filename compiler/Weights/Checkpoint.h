//===- Checkpoint.h - Weights of a model from a file -----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Canonical names are those of Apple's released checkpoints: `stage0` is the
// stem, `stage{s}.{i}` the i-th convolution of stage s (even: depthwise, odd:
// pointwise):
//
//   train:  <layer>.rbr_conv.{j}.conv.weight, <layer>.rbr_conv.{j}.bn.{weight,
//           bias,running_mean,running_var}, <layer>.rbr_scale.conv.weight,
//           <layer>.rbr_scale.bn.*, <layer>.rbr_skip.*
//   fused:  <layer>.reparam_conv.{weight,bias}
//   both:   <layer>.se.{reduce,expand}.{weight,bias}, linear.{weight,bias}
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_WEIGHTS_CHECKPOINT_H
#define MOBILEONE_WEIGHTS_CHECKPOINT_H

#include "compiler/Spec/ModelSpec.h"
#include "compiler/Weights/WeightStore.h"

namespace mobileone {

enum class CheckpointForm { Train, Fused };

struct TensorRequirement {
  std::string name; ///< Canonical.
  std::vector<int64_t> shape;
};

/// Every tensor that `spec` needs, in network order.
std::vector<TensorRequirement> requiredTensors(const ModelSpec &spec,
                                               CheckpointForm form);

struct Checkpoint {
  WeightStore weights; ///< Canonical names.
  CheckpointForm form = CheckpointForm::Train;
  std::string naming; ///< "apple", "timm", "cvnets", "mmpretrain".
};

/// Reads a safetensors file, recognizes naming and form, and checks it against
/// `spec`: missing, unexpected and mis-shaped tensors, NaN, Inf and negative
/// variances are all reported with the names that the file uses. Fills in
/// `spec`'s squeeze-excite widths where it leaves them open.
std::optional<Checkpoint> loadCheckpoint(const std::string &path,
                                         ModelSpec &spec,
                                         DiagnosticList &diagnostics);

/// Random but well-behaved weights (activations keep unit scale), the same for
/// the same seed on every platform.
Checkpoint randomCheckpoint(const ModelSpec &spec, CheckpointForm form,
                            uint64_t seed);

} // namespace mobileone

#endif // MOBILEONE_WEIGHTS_CHECKPOINT_H
