//===- MergeReportTest.cpp - What was merged, and how exactly -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Transforms/MergeReport.h"
#include "test/Frontend/GoldenCase.h"
#include "test/Transforms/RunPasses.h"

#include <gmock/gmock.h>

using namespace mobileone;
using testing::HasSubstr;

namespace {
class MergeReportTest : public testing::Test {
protected:
  mlir::MLIRContext context;
  GoldenCase golden =
      loadGoldenCase("tiny_se", "weights.train.timm.safetensors");
  mlir::OwningOpRef<mlir::ModuleOp> module =
      buildModel(context, golden.spec, golden.checkpoint.form);
  MergeReport report{*module};
  DiagnosticList diagnostics;

  WeightStore &weights() { return golden.checkpoint.weights; }
};
} // namespace

TEST_F(MergeReportTest, CountsBranchesAndMeasures) {
  reparameterize(*module, weights());
  report.measure(*module, weights(), diagnostics);
  EXPECT_EQ(diagnostics.str(), "");
  // A stem and 8 blocks.
  ASSERT_EQ(report.layers().size(), 17u);
  const MergedLayer &stem = report.layers()[0];
  EXPECT_EQ(stem.layer, "stage0");
  EXPECT_EQ(stem.convBranches, 1);
  EXPECT_TRUE(stem.hasScale);
  EXPECT_FALSE(stem.hasSkip);
  const MergedLayer &depthwise = report.layers()[5];
  EXPECT_EQ(depthwise.layer, "stage2.2");
  EXPECT_EQ(depthwise.convBranches, 3);
  EXPECT_TRUE(depthwise.hasScale);
  EXPECT_TRUE(depthwise.hasSkip);
  EXPECT_LE(report.maxDifference(), 1e-11);
  EXPECT_GT(report.maxDifference(), 0);
  EXPECT_THAT(report.summary(), HasSubstr("into 17 convolutions"));
  EXPECT_THAT(report.table(), HasSubstr("stage4.1"));
}

TEST_F(MergeReportTest, FindsWrongWeights) {
  reparameterize(*module, weights());
  std::string name = "stage2.2.reparam_conv.bias";
  std::vector<double> bias = weights().read(name);
  bias[3] += 1e-6;
  weights().add(name, weights().find(name)->shape, bias);
  report.measure(*module, weights(), diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].kind, ErrorKind::VerificationFailed);
  EXPECT_EQ(diagnostics.all()[0].where, "stage2.2");
  EXPECT_THAT(diagnostics.all()[0].message,
              HasSubstr("the merged convolution differs by"));
}

TEST_F(MergeReportTest, FindsLayersThatWereNotMerged) {
  mlir::OwningOpRef<mlir::ModuleOp> empty =
      mlir::ModuleOp::create(mlir::UnknownLoc::get(&context));
  report.measure(*empty, weights(), diagnostics);
  EXPECT_EQ(diagnostics.all().size(), 17u);
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("the layer's branches were not merged"));
}

TEST_F(MergeReportTest, SaysNothingOfFusedCheckpoints) {
  auto fused = buildModel(context, golden.spec, CheckpointForm::Fused);
  MergeReport nothing(*fused);
  nothing.measure(*fused, weights(), diagnostics);
  EXPECT_EQ(diagnostics.str(), "");
  EXPECT_EQ(nothing.summary(), "");
}
