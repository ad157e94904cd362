//===- NamingScheme.cpp - How checkpoints name their tensors --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/NamingScheme.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

using namespace mobileone;

const std::vector<NamingScheme> &mobileone::namingSchemes() {
  static const std::vector<NamingScheme> schemes = {
      {"apple", "stage0", "stage{}", 0, "rbr_conv.{}.conv", "rbr_conv.{}.bn",
       "rbr_scale.conv", "rbr_scale.bn", "rbr_skip", "reparam_conv",
       "se.reduce", "se.expand", "linear"},
      {"timm", "stem", "stages.{}", -1, "conv_kxk.{}.conv", "conv_kxk.{}.bn",
       "conv_scale.conv", "conv_scale.bn", "identity", "reparam_conv",
       "attn.fc1", "attn.fc2", "head.fc"},
      {"cvnets", "conv_1", "layer_{}", 1, "rbr_conv.{}.block.conv",
       "rbr_conv.{}.block.norm", "rbr_scale.block.conv", "rbr_scale.block.norm",
       "rbr_skip", "reparam_conv", "se.se_layer.fc1.block.conv",
       "se.se_layer.fc2.block.conv", "classifier.classifier_fc"},
      {"mmpretrain", "backbone.stage0", "backbone.stage{}", 0,
       "branch_conv_list.{}.conv", "branch_conv_list.{}.norm",
       "branch_scale.conv", "branch_scale.norm", "branch_norm",
       "branch_reparam", "se.conv1.conv", "se.conv2.conv", "head.fc"},
  };
  return schemes;
}

/// Removes the digits that `text` starts with, and returns their number.
static std::optional<int> takeNumber(std::string &text) {
  size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  if (end == 0 || end > 6)
    return std::nullopt;
  int number = std::stoi(text.substr(0, end));
  text.erase(0, end);
  return number;
}

static bool takePrefix(std::string &text, const std::string &prefix) {
  if (text.compare(0, prefix.size(), prefix) != 0)
    return false;
  text.erase(0, prefix.size());
  return true;
}

/// If `text` starts with `pattern` and then a dot, writes it with `replacement`
/// instead, the number that {} stands for kept.
static std::optional<std::string> replacePart(std::string text,
                                              const std::string &pattern,
                                              const std::string &replacement) {
  size_t hole = pattern.find("{}");
  if (hole == std::string::npos) {
    if (!takePrefix(text, pattern + "."))
      return std::nullopt;
    return replacement + "." + text;
  }
  if (!takePrefix(text, pattern.substr(0, hole)))
    return std::nullopt;
  std::optional<int> number = takeNumber(text);
  if (!number || !takePrefix(text, pattern.substr(hole + 2) + "."))
    return std::nullopt;
  return fmt::format(fmt::runtime(replacement), *number) + "." + text;
}

/// Renames the part of a layer that `text` starts with.
static std::string renamePart(const NamingScheme &scheme,
                              const std::string &text) {
  const NamingScheme &canonical = namingSchemes().front();
  for (std::string NamingScheme::*part :
       {&NamingScheme::branchConv, &NamingScheme::branchNorm,
        &NamingScheme::scaleConv, &NamingScheme::scaleNorm,
        &NamingScheme::skipNorm, &NamingScheme::fusedConv,
        &NamingScheme::squeeze, &NamingScheme::excite})
    if (auto renamed = replacePart(text, canonical.*part, scheme.*part))
      return *renamed;
  return text;
}

std::string mobileone::nameInScheme(const NamingScheme &scheme,
                                    const std::string &canonical) {
  const NamingScheme &from = namingSchemes().front();
  if (auto renamed = replacePart(canonical, from.classifier, scheme.classifier))
    return *renamed;
  std::string rest = canonical;
  if (takePrefix(rest, from.stem + "."))
    return scheme.stem + "." + renamePart(scheme, rest);
  rest = canonical;
  std::optional<int> stage, index;
  if (takePrefix(rest, "stage"))
    stage = takeNumber(rest);
  if (stage && takePrefix(rest, "."))
    index = takeNumber(rest);
  if (!index || !takePrefix(rest, "."))
    return canonical;
  return fmt::format(
      "{}.{}.{}",
      fmt::format(fmt::runtime(scheme.stage), *stage + scheme.stageOffset),
      *index, renamePart(scheme, rest));
}
