//===- BranchAlgebra.h - Merging branches as plain maths --------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A MobileOne layer is trained as several branches on the same input, each
// linear up to its batch norm, and deployed as the one convolution that they
// add up to (section 3.3 of the MobileOne paper, arXiv 2206.04040). Everything
// is in double; nothing here knows of the IR.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SUPPORT_BRANCHALGEBRA_H
#define MOBILEONE_SUPPORT_BRANCHALGEBRA_H

#include <cstdint>
#include <optional>
#include <vector>

namespace mobileone {

/// A convolution with a square kernel, as numbers.
struct ConvWeights {
  int64_t outputs = 0;
  int64_t inputsPerGroup = 0;
  int64_t kernel = 1;
  std::vector<double> filter; ///< [outputs, inputsPerGroup, kernel, kernel]
  std::vector<double> bias;   ///< [outputs]

  std::vector<int64_t> filterShape() const {
    return {outputs, inputsPerGroup, kernel, kernel};
  }
};

/// A batch norm with running statistics, one value per channel:
/// (x - mean) / sqrt(variance + epsilon) * scale + shift.
struct BatchNormWeights {
  std::vector<double> scale, shift, mean, variance;
  double epsilon = 1e-5;
};

/// How a convolution moves over its input; the same for all merged branches.
struct ConvGeometry {
  int64_t stride = 1;
  int64_t padding = 0;
  int64_t groups = 1;
};

/// The convolution that computes norm(conv(x)):
///   s = scale / sqrt(variance + epsilon)
///   filter' = s * filter,  bias' = (bias - mean) * s + shift
ConvWeights foldBatchNorm(const ConvWeights &conv,
                          const BatchNormWeights &norm);

/// The 1x1 convolution over `channels` channels that computes x.
ConvWeights skipToConv(int64_t channels, int64_t groups);

/// The `kernel` x `kernel` convolution that computes what `conv` does, with
/// (kernel - conv.kernel) / 2 more padding. Both kernels must be odd.
ConvWeights padKernel(const ConvWeights &conv, int64_t kernel);

/// The convolution that computes the sum of the `branches`, which must be of
/// one shape.
ConvWeights addBranches(const std::vector<ConvWeights> &branches);

/// A layer's branch as trained.
struct Branch {
  /// Not set: the branch is the layer's input itself.
  std::optional<ConvWeights> conv;
  std::optional<BatchNormWeights> norm;
};

/// Evaluates `branches` and `merged` on a seeded random image in [-1, 1],
/// small enough for most outputs to touch a border, and returns the largest
/// absolute difference between the branches' sum and the merged convolution.
/// The branches are computed as they were trained: convolution, then norm, then
/// sum. A branch with a smaller kernel has accordingly less padding.
double maxMergeDifference(const std::vector<Branch> &branches,
                          const ConvWeights &merged,
                          const ConvGeometry &geometry, uint64_t seed);

} // namespace mobileone

#endif // MOBILEONE_SUPPORT_BRANCHALGEBRA_H
