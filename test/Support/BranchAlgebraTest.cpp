//===- BranchAlgebraTest.cpp - Merging branches as plain maths ------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/BranchAlgebra.h"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <random>

using namespace mobileone;
using testing::ElementsAre;

namespace {
struct Layer {
  int64_t channels, outputs, kernel;
  ConvGeometry geometry;
  bool hasSkip;
};

class Random {
public:
  std::vector<double> values(size_t count, double low, double high) {
    std::uniform_real_distribution<double> distribution(low, high);
    std::vector<double> result(count);
    for (double &value : result)
      value = distribution(engine);
    return result;
  }
  ConvWeights conv(int64_t outputs, int64_t inputsPerGroup, int64_t kernel) {
    return {outputs, inputsPerGroup, kernel,
            values(outputs * inputsPerGroup * kernel * kernel, -1, 1),
            std::vector<double>(outputs, 0.0)};
  }
  BatchNormWeights norm(int64_t channels) {
    return {values(channels, 0.5, 1.5), values(channels, -1, 1),
            values(channels, -1, 1), values(channels, 0.1, 2), 1e-5};
  }

private:
  std::mt19937_64 engine{7};
};
} // namespace

TEST(BranchAlgebra, FoldsBatchNorm) {
  ConvWeights conv{2, 1, 1, {2, 3}, {1, 0}};
  BatchNormWeights norm{{4, 1}, {10, 20}, {1, 2}, {3, 0}, 1};
  ConvWeights folded = foldBatchNorm(conv, norm);
  EXPECT_THAT(folded.filter, ElementsAre(4, 3)); // 2 * 4 / sqrt(4), 3 * 1 / 1
  EXPECT_THAT(folded.bias, ElementsAre(10, 18));
}

TEST(BranchAlgebra, MakesSkips) {
  ConvWeights dense = skipToConv(2, 1);
  EXPECT_THAT(dense.filterShape(), ElementsAre(2, 2, 1, 1));
  EXPECT_THAT(dense.filter, ElementsAre(1, 0, 0, 1));
  ConvWeights depthwise = skipToConv(2, 2);
  EXPECT_THAT(depthwise.filterShape(), ElementsAre(2, 1, 1, 1));
  EXPECT_THAT(depthwise.filter, ElementsAre(1, 1));
}

TEST(BranchAlgebra, PadsAroundTheCentre) {
  ConvWeights padded = padKernel({1, 1, 1, {5}, {6}}, 3);
  EXPECT_THAT(padded.filter, ElementsAre(0, 0, 0, 0, 5, 0, 0, 0, 0));
  EXPECT_THAT(padded.bias, ElementsAre(6));
}

TEST(BranchAlgebra, AddsFiltersAndBiases) {
  ConvWeights sum =
      addBranches({{1, 2, 1, {1, 2}, {3}}, {1, 2, 1, {4, 5}, {6}}});
  EXPECT_THAT(sum.filter, ElementsAre(5, 7));
  EXPECT_THAT(sum.bias, ElementsAre(9));
}

/// The layer's branches as trained, with k = 3.
static std::vector<Branch> trainedBranches(const Layer &layer, Random &random) {
  int64_t perGroup = layer.channels / layer.geometry.groups;
  std::vector<Branch> branches;
  for (int j = 0; j < 3; ++j)
    branches.push_back({random.conv(layer.outputs, perGroup, layer.kernel),
                        random.norm(layer.outputs)});
  if (layer.kernel > 1)
    branches.push_back(
        {random.conv(layer.outputs, perGroup, 1), random.norm(layer.outputs)});
  if (layer.hasSkip)
    branches.push_back({std::nullopt, random.norm(layer.outputs)});
  return branches;
}

static ConvWeights merge(const Layer &layer,
                         const std::vector<Branch> &branches) {
  std::vector<ConvWeights> terms;
  for (const Branch &branch : branches) {
    ConvWeights conv =
        branch.conv.value_or(skipToConv(layer.channels, layer.geometry.groups));
    terms.push_back(padKernel(foldBatchNorm(conv, *branch.norm), layer.kernel));
  }
  return addBranches(terms);
}

static const Layer layers[] = {
    {3, 16, 3, {2, 1, 1}, false},                                 // Stem.
    {16, 16, 3, {1, 1, 16}, true},                                // Depthwise.
    {16, 16, 3, {2, 1, 16}, false}, {16, 16, 1, {1, 0, 1}, true}, // Pointwise.
    {16, 24, 1, {1, 0, 1}, false},  {6, 6, 5, {1, 2, 1}, true}};

TEST(BranchAlgebra, MergedLayersAgreeWithTheirBranches) {
  Random random;
  for (const Layer &layer : layers) {
    std::vector<Branch> branches = trainedBranches(layer, random);
    EXPECT_LE(
        maxMergeDifference(branches, merge(layer, branches), layer.geometry, 1),
        1e-12)
        << layer.kernel << " " << layer.geometry.stride;
  }
}

TEST(BranchAlgebra, FindsWrongMerges) {
  Random random;
  for (const Layer &layer : layers) {
    std::vector<Branch> branches = trainedBranches(layer, random);
    ConvWeights merged = merge(layer, branches);
    ConvWeights other = merged;
    other.bias.back() += 1e-3;
    EXPECT_NEAR(maxMergeDifference(branches, other, layer.geometry, 1), 1e-3,
                1e-9);
    // A tap that only borders can tell from the others.
    other = merged;
    std::swap(other.filter.front(), other.filter.back());
    EXPECT_GT(maxMergeDifference(branches, other, layer.geometry, 1), 1e-3);
    other = merged;
    other.filter.back() = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(
        std::isnan(maxMergeDifference(branches, other, layer.geometry, 1)));
  }
}
