//===- BuildModelTest.cpp - The training form of a spec -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Frontend/BuildModel.h"

#include "compiler/Dialect/Locations.h"
#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Dialect/WeightUses.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace mlir;
using namespace mobileone;
using testing::ElementsAre;

namespace {
class BuildModel : public testing::Test {
protected:
  MLIRContext context;

  OwningOpRef<ModuleOp> build(const ModelSpec &spec, CheckpointForm form) {
    auto module = buildModel(context, spec, form);
    EXPECT_TRUE(succeeded(verify(*module)));
    return module;
  }

  static func::FuncOp function(ModuleOp module) {
    return *module.getOps<func::FuncOp>().begin();
  }

  template <typename Op> static size_t count(ModuleOp module) {
    size_t found = 0;
    module.walk([&](Op) { ++found; });
    return found;
  }
};
} // namespace

// The IR names exactly the tensors that a checkpoint must have.
TEST_F(BuildModel, NamesTheRequiredTensors) {
  for (const std::string &name : builtinSpecNames())
    for (CheckpointForm form : {CheckpointForm::Train, CheckpointForm::Fused}) {
      ModelSpec spec = *builtinSpec(name);
      auto module = build(spec, form);
      std::map<std::string, std::vector<int64_t>> used, required;
      for (const WeightUse &use : requiredWeights(*module))
        used[use.name] = use.shape;
      for (const TensorRequirement &tensor : requiredTensors(spec, form))
        required[tensor.name] = tensor.shape;
      EXPECT_EQ(used, required) << name;
    }
}

TEST_F(BuildModel, HasEveryBranchOfS0) {
  auto module = build(*builtinSpec("mobileone_s0"), CheckpointForm::Train);
  EXPECT_EQ(count<AddOp>(*module), 43u);
  EXPECT_EQ(count<ReluOp>(*module), 43u);
  // Stem: 1 + scale. Depthwise: 4 + scale. Pointwise: 4.
  EXPECT_EQ(count<ConvOp>(*module), 2u + 21 * 5 + 21 * 4);
  // One per convolution, and 35 skips.
  EXPECT_EQ(count<BatchNormOp>(*module), 191u + 35);
}

TEST_F(BuildModel, HasSqueezeExciteInS4) {
  auto module = build(*builtinSpec("mobileone_s4"), CheckpointForm::Fused);
  EXPECT_EQ(count<SqueezeExciteOp>(*module), 12u);
  EXPECT_EQ(count<ConvOp>(*module), 43u);
  EXPECT_EQ(count<AddOp>(*module), 0u);
}

TEST_F(BuildModel, NamesInputAndOutputs) {
  ModelSpec spec = *builtinSpec("mobileone_s0");
  HeadSpec features;
  features.kind = HeadKind::Features;
  features.stages = {"stem", "stage4"};
  features.layout = TensorLayout::NHWC;
  spec.heads.push_back(features);
  auto module = build(spec, CheckpointForm::Train);
  func::FuncOp built = function(*module);
  EXPECT_EQ(built.getName(), "mobileone_s0");
  EXPECT_EQ(built.getArgAttrOfType<StringAttr>(0, "mobileone.name"), "input");
  EXPECT_EQ(
      built.getArgAttrOfType<LayoutAttr>(0, "mobileone.layout").getValue(),
      Layout::NCHW);
  std::vector<std::string> names;
  for (unsigned i = 0; i < built.getNumResults(); ++i)
    names.push_back(built.getResultAttrOfType<StringAttr>(i, "mobileone.name")
                        .getValue()
                        .str());
  EXPECT_THAT(names, ElementsAre("logits", "stem", "stage4"));
  EXPECT_FALSE(built.getResultAttr(0, "mobileone.layout"));
  EXPECT_EQ(
      built.getResultAttrOfType<LayoutAttr>(2, "mobileone.layout").getValue(),
      Layout::NHWC);
  auto type = cast<RankedTensorType>(built.getResultTypes()[2]);
  EXPECT_THAT(type.getShape(), ElementsAre(1, 7, 7, 1024));
}

TEST_F(BuildModel, EveryTensorHasTheBatch) {
  ModelSpec spec = *builtinSpec("mobileone_s4");
  HeadSpec features;
  features.kind = HeadKind::Features;
  features.stages = {"stage4"};
  spec.heads.push_back(features);
  spec.input.batch = 5;
  for (CheckpointForm form : {CheckpointForm::Train, CheckpointForm::Fused}) {
    auto module = build(spec, form);
    auto type = cast<RankedTensorType>(function(*module).getArgumentTypes()[0]);
    EXPECT_THAT(type.getShape(), ElementsAre(5, 3, 224, 224));
    function(*module).getBody().walk([](Operation *op) {
      for (Type result : op->getResultTypes())
        EXPECT_EQ(cast<RankedTensorType>(result).getDimSize(0), 5);
    });
  }
}

TEST_F(BuildModel, ReadsBytesWithMeanAndDeviation) {
  ModelSpec spec = *builtinSpec("mobileone_s0");
  spec.input.type = InputType::U8;
  spec.input.layout = TensorLayout::NHWC;
  spec.input.mean = {1, 2, 3};
  spec.input.standardDeviation = {4, 5, 6};
  auto module = build(spec, CheckpointForm::Train);
  auto read = *function(*module).getBody().getOps<ReadInputOp>().begin();
  EXPECT_TRUE(read.getInput().getType().getElementType().isUnsignedInteger(8));
  EXPECT_THAT(*read.getMean(), ElementsAre(1, 2, 3));
  EXPECT_THAT(*read.getStandardDeviation(), ElementsAre(4, 5, 6));
}

TEST_F(BuildModel, LocationsNamePathsAndLayers) {
  auto module = build(*builtinSpec("mobileone_s0"), CheckpointForm::Train);
  std::set<std::pair<std::string, std::string>> places;
  module->walk([&](Operation *op) {
    EXPECT_NE(jsonPathOf(op->getLoc()), "")
        << op->getName().getStringRef().str();
    places.emplace(jsonPathOf(op->getLoc()), layerOf(op->getLoc()));
  });
  EXPECT_TRUE(places.count({"stem", "stage0"}));
  EXPECT_TRUE(places.count({"stages[0].blocks[1].depthwise", "stage1.2"}));
  EXPECT_TRUE(places.count({"stages[2].blocks[9].pointwise", "stage3.19"}));
  EXPECT_TRUE(places.count({"heads[0]", "linear"}));
}
