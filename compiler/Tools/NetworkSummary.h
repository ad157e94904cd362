//===- NetworkSummary.h - A network's layers in figures ---------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_NETWORKSUMMARY_H
#define MOBILEONE_TOOLS_NETWORKSUMMARY_H

#include "compiler/Spec/ModelSpec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mobileone {

struct LayerSummary {
  std::string name;      ///< As checkpoints name it: "stage1.0", "linear".
  std::string operation; ///< "conv 3x3", "depthwise 3x3", "pointwise 1x1", ...
  int64_t channels = 0, height = 0, width = 0; ///< Of the result.
  int64_t stride = 1;
  /// Parallel branches while training, the 1x1 and the skip branch included.
  int64_t branches = 1;
  int64_t squeezeExciteHidden = 0; ///< 0: no squeeze-excite.
  int64_t multiplyAdds = 0;        ///< Of the fused form.
  int64_t trainParameters = 0, fusedParameters = 0;
};

struct NetworkSummary {
  std::vector<LayerSummary> layers;
  int64_t multiplyAdds = 0, trainParameters = 0, fusedParameters = 0;
  /// The largest sum of a layer's input and result, as f32 in bytes: what no
  /// plan of the fused network's memory can go below by much.
  int64_t activationBytes = 0;
};

/// Counts multiply-adds of convolutions, linear layers and squeeze-excites, and
/// parameters as training frameworks do: without running statistics.
NetworkSummary summarizeNetwork(const ModelSpec &spec);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_NETWORKSUMMARY_H
