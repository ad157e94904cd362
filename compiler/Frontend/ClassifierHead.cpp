//===- ClassifierHead.cpp - Pooling and a linear layer --------------------===//
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
mobileone::buildClassifierHead(OpBuilder &builder, const HeadSpec &head,
                               const std::string &jsonPath,
                               const Backbone &backbone) {
  MLIRContext &context = *builder.getContext();
  Location location = layerLocation(context, jsonPath, head.weights);
  auto mapType = cast<RankedTensorType>(backbone.last.getType());
  auto vectorType = [&](int64_t size) {
    return RankedTensorType::get({mapType.getDimSize(0), size},
                                 builder.getF32Type());
  };
  auto pool = GlobalAveragePoolOp::create(
      builder, location, vectorType(mapType.getDimSize(3)), backbone.last);
  auto linear =
      LinearOp::create(builder, location, vectorType(head.classes), pool,
                       WeightAttr::get(&context, head.weights + ".weight"),
                       WeightAttr::get(&context, head.weights + ".bias"));
  return {{head.name, linear, std::nullopt}};
}
