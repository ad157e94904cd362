//===- MergeReport.cpp - What was merged, and how exactly -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Transforms/MergeReport.h"

#include "compiler/Dialect/Locations.h"
#include "compiler/Support/BranchAlgebra.h"
#include "compiler/Transforms/StoredWeights.h"

#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <cmath>
#include <map>

using namespace mlir;
using namespace mobileone;

MergeReport::MergeReport(ModuleOp trainingForm)
    : trainingForm(trainingForm.clone()) {}

/// The branch that ends in `value`: a norm, a convolution, or both.
static Branch readBranch(Value value, const WeightStore &weights) {
  Branch branch;
  if (auto norm = value.getDefiningOp<BatchNormOp>()) {
    branch.norm = readBatchNorm(norm, weights);
    value = norm.getInput();
  }
  if (auto conv = value.getDefiningOp<ConvOp>())
    branch.conv = readConv(conv, weights);
  return branch;
}

/// Counts the branches of `layer` by their kind.
static void countBranches(MergedLayer &layer,
                          const std::vector<Branch> &branches, int64_t kernel) {
  for (const Branch &branch : branches) {
    if (!branch.conv)
      layer.hasSkip = true;
    else if (branch.conv->kernel < kernel)
      layer.hasScale = true;
    else
      ++layer.convBranches;
  }
}

static MergedLayer compare(AddOp add, ConvOp conv, const WeightStore &weights,
                           uint64_t seed) {
  MergedLayer layer;
  layer.layer = layerOf(add.getLoc());
  std::vector<Branch> branches;
  for (Value input : add.getInputs())
    branches.push_back(readBranch(input, weights));
  countBranches(layer, branches, conv.getKernel());
  layer.maxDifference = maxMergeDifference(
      branches, readConv(conv, weights),
      {conv.getStride(), conv.getPadding(), conv.getGroups()}, seed);
  return layer;
}

void MergeReport::measure(ModuleOp inferenceForm, const WeightStore &weights,
                          DiagnosticList &diagnostics) {
  std::map<std::string, ConvOp> convs;
  inferenceForm.walk(
      [&](ConvOp conv) { convs.emplace(layerOf(conv.getLoc()), conv); });
  trainingForm->walk([&](AddOp add) {
    auto conv = convs.find(layerOf(add.getLoc()));
    if (conv == convs.end())
      return diagnostics.error(ErrorKind::Internal, layerOf(add.getLoc()),
                               "the layer's branches were not merged");
    merged.push_back(compare(add, conv->second, weights, merged.size()));
    const MergedLayer &layer = merged.back();
    // A NaN must not pass.
    if (!(layer.maxDifference <= tolerance))
      diagnostics.error(
          ErrorKind::VerificationFailed, layer.layer,
          llvm::formatv("the merged convolution differs by {0:e2} from its "
                        "branches, more than {1:e2}",
                        layer.maxDifference, tolerance)
              .str());
  });
}

double MergeReport::maxDifference() const {
  double result = 0;
  for (const MergedLayer &layer : merged)
    result = std::max(result, layer.maxDifference);
  return result;
}

static int countAll(const MergedLayer &layer) {
  return layer.convBranches + layer.hasScale + layer.hasSkip;
}

std::string MergeReport::summary() const {
  if (merged.empty())
    return "";
  int branches = 0;
  for (const MergedLayer &layer : merged)
    branches += countAll(layer);
  return llvm::formatv("merged {0} branches into {1} convolutions; largest "
                       "difference {2:e2} (in double, inputs of unit scale)",
                       branches, merged.size(), maxDifference())
      .str();
}

std::string MergeReport::table() const {
  std::string text =
      llvm::formatv("{0,-12} {1,5} {2,6} {3,5} {4,12}\n", "layer", "convs",
                    "scale", "skip", "difference");
  for (const MergedLayer &layer : merged)
    text += llvm::formatv("{0,-12} {1,5} {2,6} {3,5} {4,12:e2}\n", layer.layer,
                          layer.convBranches, layer.hasScale ? "yes" : "-",
                          layer.hasSkip ? "yes" : "-", layer.maxDifference);
  return text;
}
