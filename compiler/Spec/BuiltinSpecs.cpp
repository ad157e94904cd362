//===- BuiltinSpecs.cpp - The published networks --------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/ModelSpec.h"
#include "compiler/Spec/Multipliers.h"

#include <array>

using namespace mobileone;

namespace {

/// A row of table 7 of the paper (arXiv 2206.04040), as the released code
/// builds it: stages 4 and 5 are one, the stem is a dense convolution of at
/// most 64 channels and always has one conv branch.
struct Variant {
  const char *name;
  std::array<double, 4> multipliers; ///< Per stage.
  int64_t branches;                  ///< In the stages.
  bool hasSqueezeExcite;
};

constexpr Variant variants[] = {
    {"mobileone_s0", {0.75, 1, 1, 2}, 4, false},
    {"mobileone_s1", {1.5, 1.5, 2, 2.5}, 1, false},
    {"mobileone_s2", {1.5, 2, 2.5, 4}, 1, false},
    {"mobileone_s3", {2, 2.5, 3, 4}, 1, false},
    {"mobileone_s4", {3, 3.5, 3.5, 4}, 1, true},
};

constexpr std::array<int64_t, 4> stageBlocks = {2, 8, 10, 1};
constexpr std::array<int64_t, 4> squeezeExciteBlocks = {0, 0, 5, 1};

} // namespace

static ModelSpec specOf(const Variant &variant) {
  ModelSpec spec;
  spec.name = variant.name;
  spec.stem.channels = stemChannelsOf(variant.multipliers[0]);
  for (size_t s = 0; s < stageBlocks.size(); ++s) {
    StageSpec stage;
    stage.channels = stageChannelsOf(s, variant.multipliers[s]);
    stage.blocks = stageBlocks[s];
    stage.branches = variant.branches;
    if (variant.hasSqueezeExcite)
      stage.squeezeExciteBlocks = squeezeExciteBlocks[s];
    spec.stages.push_back(stage);
  }
  spec.heads.push_back(HeadSpec());
  return spec;
}

std::vector<std::string> mobileone::builtinSpecNames() {
  std::vector<std::string> names;
  for (const Variant &variant : variants)
    names.push_back(variant.name);
  return names;
}

std::optional<ModelSpec> mobileone::builtinSpec(const std::string &name) {
  for (const Variant &variant : variants)
    if (name == variant.name)
      return specOf(variant);
  return std::nullopt;
}
