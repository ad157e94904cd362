//===- BranchAlgebra.cpp - Merging branches as plain maths ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/BranchAlgebra.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <random>

using namespace mobileone;

//===----------------------------------------------------------------------===//
// Merging
//===----------------------------------------------------------------------===//

ConvWeights mobileone::foldBatchNorm(const ConvWeights &conv,
                                     const BatchNormWeights &norm) {
  ConvWeights folded = conv;
  int64_t perOutput = conv.inputsPerGroup * conv.kernel * conv.kernel;
  for (int64_t o = 0; o < conv.outputs; ++o) {
    double s = norm.scale[o] / std::sqrt(norm.variance[o] + norm.epsilon);
    for (int64_t i = 0; i < perOutput; ++i)
      folded.filter[o * perOutput + i] *= s;
    folded.bias[o] = (conv.bias[o] - norm.mean[o]) * s + norm.shift[o];
  }
  return folded;
}

ConvWeights mobileone::skipToConv(int64_t channels, int64_t groups) {
  int64_t perGroup = channels / groups;
  ConvWeights identity{channels, perGroup, 1, {}, {}};
  identity.filter.assign(channels * perGroup, 0.0);
  identity.bias.assign(channels, 0.0);
  for (int64_t o = 0; o < channels; ++o)
    identity.filter[o * perGroup + o % perGroup] = 1.0;
  return identity;
}

ConvWeights mobileone::padKernel(const ConvWeights &conv, int64_t kernel) {
  assert(kernel >= conv.kernel && kernel % 2 == 1 && conv.kernel % 2 == 1);
  ConvWeights padded{conv.outputs, conv.inputsPerGroup, kernel, {}, conv.bias};
  padded.filter.assign(conv.outputs * conv.inputsPerGroup * kernel * kernel,
                       0.0);
  int64_t offset = (kernel - conv.kernel) / 2;
  for (int64_t plane = 0; plane < conv.outputs * conv.inputsPerGroup; ++plane)
    for (int64_t y = 0; y < conv.kernel; ++y)
      for (int64_t x = 0; x < conv.kernel; ++x)
        padded.filter[(plane * kernel + y + offset) * kernel + x + offset] =
            conv.filter[(plane * conv.kernel + y) * conv.kernel + x];
  return padded;
}

ConvWeights mobileone::addBranches(const std::vector<ConvWeights> &branches) {
  ConvWeights sum = branches.front();
  for (size_t b = 1; b < branches.size(); ++b) {
    assert(branches[b].filterShape() == sum.filterShape());
    for (size_t i = 0; i < sum.filter.size(); ++i)
      sum.filter[i] += branches[b].filter[i];
    for (size_t i = 0; i < sum.bias.size(); ++i)
      sum.bias[i] += branches[b].bias[i];
  }
  return sum;
}

//===----------------------------------------------------------------------===//
// Evaluation
//===----------------------------------------------------------------------===//

namespace {
/// A square image, [channel][y][x].
struct Patch {
  int64_t channels = 0, size = 0;
  std::vector<double> values;

  Patch(int64_t channels, int64_t size)
      : channels(channels), size(size), values(channels * size * size) {}
  double &at(int64_t c, int64_t y, int64_t x) {
    return values[(c * size + y) * size + x];
  }
  /// Zero outside of the image.
  double read(int64_t c, int64_t y, int64_t x) const {
    bool inside = y >= 0 && y < size && x >= 0 && x < size;
    return inside ? values[(c * size + y) * size + x] : 0.0;
  }
};
} // namespace

static double convAt(const Patch &input, const ConvWeights &conv, int64_t o,
                     int64_t y, int64_t x, int64_t groups) {
  int64_t firstInput = o / (conv.outputs / groups) * conv.inputsPerGroup;
  const double *weight =
      &conv.filter[o * conv.inputsPerGroup * conv.kernel * conv.kernel];
  double sum = conv.bias[o];
  for (int64_t i = 0; i < conv.inputsPerGroup; ++i)
    for (int64_t dy = 0; dy < conv.kernel; ++dy)
      for (int64_t dx = 0; dx < conv.kernel; ++dx)
        sum += input.read(firstInput + i, y + dy, x + dx) * *weight++;
  return sum;
}

static double normAt(double value, const BatchNormWeights &norm, int64_t c) {
  return (value - norm.mean[c]) / std::sqrt(norm.variance[c] + norm.epsilon) *
             norm.scale[c] +
         norm.shift[c];
}

/// `branch` at output `o` of the pixel whose window of `merged` starts at
/// (y, x).
static double branchAt(const Patch &input, const Branch &branch, int64_t kernel,
                       int64_t o, int64_t y, int64_t x, int64_t groups) {
  int64_t branchKernel = branch.conv ? branch.conv->kernel : 1;
  int64_t inset = (kernel - branchKernel) / 2;
  double value =
      branch.conv ? convAt(input, *branch.conv, o, y + inset, x + inset, groups)
                  : input.read(o, y + inset, x + inset);
  return branch.norm ? normAt(value, *branch.norm, o) : value;
}

static Patch randomPatch(int64_t channels, int64_t size, uint64_t seed) {
  Patch patch(channels, size);
  std::mt19937_64 random(seed);
  for (double &value : patch.values)
    value = double(random() >> 11) * 0x1p-52 - 1.0;
  return patch;
}

double mobileone::maxMergeDifference(const std::vector<Branch> &branches,
                                     const ConvWeights &merged,
                                     const ConvGeometry &geometry,
                                     uint64_t seed) {
  // Without padding no pixel differs from another; else two rows at each
  // border, and one that touches none.
  int64_t size = merged.kernel == 1 ? geometry.stride : merged.kernel + 2;
  Patch input =
      randomPatch(merged.inputsPerGroup * geometry.groups, size, seed);
  int64_t last = size + geometry.padding - merged.kernel;
  double difference = 0;
  for (int64_t y = -geometry.padding; y <= last; y += geometry.stride)
    for (int64_t x = -geometry.padding; x <= last; x += geometry.stride)
      for (int64_t o = 0; o < merged.outputs; ++o) {
        double sum = 0;
        for (const Branch &branch : branches)
          sum +=
              branchAt(input, branch, merged.kernel, o, y, x, geometry.groups);
        double found = convAt(input, merged, o, y, x, geometry.groups);
        if (std::isnan(found - sum))
          return std::numeric_limits<double>::quiet_NaN();
        difference = std::max(difference, std::abs(found - sum));
      }
  return difference;
}
