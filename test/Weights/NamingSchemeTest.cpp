//===- NamingSchemeTest.cpp - How checkpoints name their tensors ----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/NamingScheme.h"

#include <gtest/gtest.h>
#include <stdexcept>

using namespace mobileone;

static std::string renamed(const std::string &scheme,
                           const std::string &canonical) {
  for (const NamingScheme &candidate : namingSchemes())
    if (candidate.name == scheme)
      return nameInScheme(candidate, canonical);
  throw std::invalid_argument(scheme);
}

TEST(NamingScheme, CanonicalNamesAreApples) {
  for (const char *name :
       {"stage0.rbr_conv.0.conv.weight", "stage3.17.rbr_conv.12.bn.running_var",
        "stage1.0.rbr_scale.bn.bias", "stage1.1.rbr_skip.weight",
        "stage4.1.se.reduce.bias", "stage2.3.reparam_conv.weight",
        "linear.bias", "aux.fc.weight"})
    EXPECT_EQ(renamed("apple", name), name);
}

TEST(NamingScheme, RenamesToTimm) {
  EXPECT_EQ(renamed("timm", "stage0.rbr_conv.0.conv.weight"),
            "stem.conv_kxk.0.conv.weight");
  EXPECT_EQ(renamed("timm", "stage0.rbr_scale.bn.bias"),
            "stem.conv_scale.bn.bias");
  EXPECT_EQ(renamed("timm", "stage3.17.rbr_conv.12.bn.running_var"),
            "stages.2.17.conv_kxk.12.bn.running_var");
  EXPECT_EQ(renamed("timm", "stage1.0.rbr_scale.conv.weight"),
            "stages.0.0.conv_scale.conv.weight");
  EXPECT_EQ(renamed("timm", "stage1.1.rbr_skip.running_mean"),
            "stages.0.1.identity.running_mean");
  EXPECT_EQ(renamed("timm", "stage4.1.se.reduce.weight"),
            "stages.3.1.attn.fc1.weight");
  EXPECT_EQ(renamed("timm", "stage4.1.se.expand.bias"),
            "stages.3.1.attn.fc2.bias");
  EXPECT_EQ(renamed("timm", "stage2.3.reparam_conv.bias"),
            "stages.1.3.reparam_conv.bias");
  EXPECT_EQ(renamed("timm", "linear.weight"), "head.fc.weight");
}

TEST(NamingScheme, RenamesToCvnets) {
  EXPECT_EQ(renamed("cvnets", "stage0.rbr_conv.0.bn.weight"),
            "conv_1.rbr_conv.0.block.norm.weight");
  EXPECT_EQ(renamed("cvnets", "stage1.0.rbr_conv.3.conv.weight"),
            "layer_2.0.rbr_conv.3.block.conv.weight");
  EXPECT_EQ(renamed("cvnets", "stage4.1.rbr_scale.bn.running_var"),
            "layer_5.1.rbr_scale.block.norm.running_var");
  EXPECT_EQ(renamed("cvnets", "stage1.1.rbr_skip.bias"),
            "layer_2.1.rbr_skip.bias");
  EXPECT_EQ(renamed("cvnets", "stage4.1.se.reduce.weight"),
            "layer_5.1.se.se_layer.fc1.block.conv.weight");
  EXPECT_EQ(renamed("cvnets", "stage4.1.se.expand.weight"),
            "layer_5.1.se.se_layer.fc2.block.conv.weight");
  EXPECT_EQ(renamed("cvnets", "linear.bias"), "classifier.classifier_fc.bias");
}

TEST(NamingScheme, RenamesToMmpretrain) {
  EXPECT_EQ(renamed("mmpretrain", "stage0.rbr_conv.0.conv.weight"),
            "backbone.stage0.branch_conv_list.0.conv.weight");
  EXPECT_EQ(renamed("mmpretrain", "stage2.3.rbr_conv.1.bn.bias"),
            "backbone.stage2.3.branch_conv_list.1.norm.bias");
  EXPECT_EQ(renamed("mmpretrain", "stage2.2.rbr_scale.conv.weight"),
            "backbone.stage2.2.branch_scale.conv.weight");
  EXPECT_EQ(renamed("mmpretrain", "stage2.2.rbr_skip.weight"),
            "backbone.stage2.2.branch_norm.weight");
  EXPECT_EQ(renamed("mmpretrain", "stage2.2.reparam_conv.weight"),
            "backbone.stage2.2.branch_reparam.weight");
  EXPECT_EQ(renamed("mmpretrain", "stage4.0.se.reduce.bias"),
            "backbone.stage4.0.se.conv1.conv.bias");
  EXPECT_EQ(renamed("mmpretrain", "linear.weight"), "head.fc.weight");
}

TEST(NamingScheme, KeepsNamesOfNoLayer) {
  EXPECT_EQ(renamed("timm", "aux.fc.weight"), "aux.fc.weight");
  EXPECT_EQ(renamed("timm", "stage12"), "stage12");
  EXPECT_EQ(renamed("timm", "stage1.x"), "stage1.x");
  EXPECT_EQ(renamed("timm", "stage99999999999999999999.0.rbr_skip.bias"),
            "stage99999999999999999999.0.rbr_skip.bias");
  EXPECT_EQ(renamed("timm", "linear2.weight"), "linear2.weight");
}
