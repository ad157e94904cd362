//===- ParseHeads.cpp - The heads of a spec -------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/ModelName.h"
#include "compiler/Spec/ObjectReader.h"
#include "compiler/Spec/SpecLimits.h"
#include "compiler/Spec/SpecParts.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace mobileone;
using nlohmann::json;

/// Why `prefix` cannot be the name of a classifier's tensors, or empty.
static std::string problemWithWeightsName(const std::string &prefix) {
  if (prefix.empty() || prefix.size() > 128)
    return "must have from 1 to 128 characters";
  bool isPlain = std::all_of(prefix.begin(), prefix.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
  if (!isPlain)
    return "must consist of letters, digits, '_' and '.'";
  if (prefix.compare(0, 5, "stage") == 0)
    return "must not start with \"stage\", as the convolutions' tensors do";
  return "";
}

static void parseClassifier(ObjectReader &reader, HeadSpec &head) {
  reader.require({"classes"});
  if (std::optional<int64_t> classes =
          reader.integer("classes", {1, limits::classes}))
    head.classes = *classes;
  if (std::optional<std::string> name = reader.string("name")) {
    head.name = *name;
    std::string problem = problemWithName(*name);
    if (!problem.empty())
      reader.error("name",
                   fmt::format("\"{}\" {}", escapeForDisplay(*name), problem));
  }
  if (std::optional<std::string> weights = reader.string("weights")) {
    head.weights = *weights;
    std::string problem = problemWithWeightsName(*weights);
    if (!problem.empty())
      reader.error("weights", problem);
  }
}

static void parseFeatures(ObjectReader &reader, size_t stageCount,
                          HeadSpec &head) {
  reader.require({"stages"});
  if (std::optional<size_t> layout = reader.choice("layout", layoutNames))
    head.layout = static_cast<TensorLayout>(*layout);
  std::optional<std::vector<std::string>> stages = reader.strings("stages");
  if (!stages)
    return;
  if (stages->empty())
    return reader.error("stages", "must name at least one stage");
  std::vector<std::string> known = {"stem"};
  for (size_t s = 1; s <= stageCount; ++s)
    known.push_back(fmt::format("stage{}", s));
  for (size_t i = 0; i < stages->size(); ++i) {
    const std::string &stage = (*stages)[i];
    if (std::find(known.begin(), known.end(), stage) == known.end())
      reader.error(fmt::format("stages[{}]", i),
                   fmt::format("\"{}\" is not a stage of this network",
                               escapeForDisplay(stage)),
                   fmt::format("it has {}", fmt::join(known, ", ")));
  }
  head.stages = *stages;
}

static void parseHead(ObjectReader reader, size_t stageCount, HeadSpec &head) {
  reader.require({"kind"});
  std::optional<size_t> kind = reader.choice("kind", headKindNames);
  // Without its kind, no key of a head can be judged.
  if (!kind)
    return;
  head.kind = static_cast<HeadKind>(*kind);
  if (head.kind == HeadKind::Classifier)
    parseClassifier(reader, head);
  else
    parseFeatures(reader, stageCount, head);
  reader.reportUnknownKeys();
}

std::vector<std::string> mobileone::parseHeads(ObjectReader &root,
                                               ModelSpec &spec) {
  bool hasOne = root.find("head") != nullptr;
  const json *heads = root.array("heads", {1, limits::heads});
  if (hasOne == root.has("heads")) {
    root.error("", "needs either 'heads' or a single 'head'");
    return {};
  }
  size_t stageCount = spec.stages.size();
  spec.heads.resize(hasOne ? 1 : heads ? heads->size() : 0);
  if (hasOne) {
    parseHead(root.child("head"), stageCount, spec.heads[0]);
    return {"head"};
  }
  std::vector<std::string> paths;
  for (size_t h = 0; h < spec.heads.size(); ++h) {
    parseHead(root.child("heads", h), stageCount, spec.heads[h]);
    paths.push_back(fmt::format("heads[{}]", h));
  }
  return paths;
}
