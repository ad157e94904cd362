//===- FeaturesHead.cpp - Feature maps of the backbone --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/Locations.h"
#include "compiler/Frontend/Heads.h"

using namespace mlir;
using namespace mobileone;

std::vector<NamedOutput>
mobileone::buildFeaturesHead(OpBuilder &builder, const HeadSpec &head,
                             const std::string &jsonPath,
                             const Backbone &backbone) {
  Layout layout = toLayout(head.layout);
  std::vector<NamedOutput> outputs;
  for (const auto &[index, stage] : llvm::enumerate(head.stages)) {
    Value map = backbone.stages.at(stage);
    auto type = cast<RankedTensorType>(map.getType());
    std::string path = jsonPath + ".stages[" + std::to_string(index) + "]";
    Value output = WriteOutputOp::create(
        builder, layerLocation(*builder.getContext(), path, stage),
        imageType(type.getShape(), layout, type.getElementType()), map, layout);
    outputs.push_back({stage, output, layout});
  }
  return outputs;
}
