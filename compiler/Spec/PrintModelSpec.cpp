//===- PrintModelSpec.cpp - ModelSpec to JSON -----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/ModelSpec.h"
#include "compiler/Spec/SpecParts.h"

#include <nlohmann/json.hpp>

using namespace mobileone;
// Keeps the keys in the order of the format's documentation.
using nlohmann::ordered_json;

template <typename Enum>
static const std::string &nameOf(const std::vector<std::string> &names,
                                 Enum value) {
  return names[static_cast<size_t>(value)];
}

static ordered_json printInput(const InputSpec &input) {
  ordered_json object = {{"batch", input.batch},
                         {"height", input.height},
                         {"width", input.width},
                         {"channels", input.channels},
                         {"type", nameOf(inputTypeNames, input.type)},
                         {"layout", nameOf(layoutNames, input.layout)}};
  if (!input.mean.empty()) {
    object["mean"] = input.mean;
    object["std"] = input.standardDeviation;
  }
  return object;
}

static ordered_json printStage(const StageSpec &stage) {
  ordered_json object = {{"channels", stage.channels},
                         {"blocks", stage.blocks},
                         {"branches", stage.branches},
                         {"stride", stage.stride},
                         {"se_blocks", stage.squeezeExciteBlocks}};
  if (!stage.squeezeExciteHiddenWidths.empty())
    object["se_hidden"] = stage.squeezeExciteHiddenWidths;
  else if (stage.squeezeExciteHidden)
    object["se_hidden"] = *stage.squeezeExciteHidden;
  return object;
}

static ordered_json printHead(const HeadSpec &head) {
  ordered_json object = {{"kind", nameOf(headKindNames, head.kind)}};
  if (head.kind == HeadKind::Classifier) {
    object["classes"] = head.classes;
    object["name"] = head.name;
    object["weights"] = head.weights;
  } else {
    object["stages"] = head.stages;
    object["layout"] = nameOf(layoutNames, head.layout);
  }
  return object;
}

std::string mobileone::printModelSpec(const ModelSpec &spec) {
  ordered_json root = {{"spec_version", 1},
                       {"name", spec.name},
                       {"input", printInput(spec.input)},
                       {"stem",
                        {{"channels", spec.stem.channels},
                         {"branches", spec.stem.branches},
                         {"stride", spec.stem.stride}}}};
  for (const StageSpec &stage : spec.stages)
    root["stages"].push_back(printStage(stage));
  for (const HeadSpec &head : spec.heads)
    root["heads"].push_back(printHead(head));
  root["bn_epsilon"] = spec.batchNormEpsilon;
  return root.dump(2) + "\n";
}
