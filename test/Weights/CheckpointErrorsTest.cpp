//===- CheckpointErrorsTest.cpp - Files that are not the model's weights --===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/Checkpoint.h"
#include "compiler/Weights/NamingScheme.h"
#include "test/Support/TemporaryFolder.h"
#include "test/Weights/SafetensorsBytes.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace mobileone;

namespace {

/// A small network with weights that a test damages.
class CheckpointErrors : public testing::Test {
protected:
  CheckpointErrors() {
    DiagnosticList none;
    spec = *parseModelSpec(
        R"({"spec_version": 1, "name": "m", "stem": {"channels": 4}, "stages":
            [{"channels": 4, "blocks": 1, "branches": 2, "se_blocks": 1}],
            "head": {"kind": "classifier", "classes": 3}})",
        "m.json", none);
    weights = randomCheckpoint(spec, CheckpointForm::Train, 1).weights;
  }

  /// Writes `store`, loads it and returns what is reported, with "W" for the
  /// file's path.
  std::string errorsOf(const WeightStore &store, ErrorKind kind) {
    return errorsOfBytes(safetensorsOf(store), kind);
  }

  std::string errorsOfBytes(const std::string &bytes, ErrorKind kind) {
    std::string path = folder.write("w.safetensors", bytes);
    DiagnosticList diagnostics;
    ModelSpec before = spec;
    EXPECT_FALSE(loadCheckpoint(path, spec, diagnostics));
    EXPECT_EQ(printModelSpec(before), printModelSpec(spec));
    EXPECT_EQ(diagnostics.exitCode(), static_cast<int>(kind));
    std::string text = diagnostics.str();
    for (size_t at; (at = text.find(path)) != std::string::npos;)
      text.replace(at, path.size(), "W");
    return text;
  }

  /// The weights without the tensors whose names contain `part`.
  WeightStore without(const std::string &part) {
    WeightStore rest;
    for (const std::string &name : weights.names())
      if (name.find(part) == std::string::npos)
        rest.add(name, weights.find(name)->shape, weights.read(name));
    return rest;
  }

  /// Sets an element.
  void set(const std::string &name, size_t index, double value) {
    std::vector<double> values = weights.read(name);
    values[index] = value;
    weights.add(name, weights.find(name)->shape, values);
  }

  TemporaryFolder folder;
  ModelSpec spec;
  WeightStore weights;
};

} // namespace

TEST_F(CheckpointErrors, TheFileMustExist) {
  DiagnosticList diagnostics;
  EXPECT_FALSE(loadCheckpoint("/no/file.pth", spec, diagnostics));
  EXPECT_EQ(diagnostics.str(), "error: /no/file.pth: cannot open the file: No "
                               "such file or directory\n");
  EXPECT_EQ(diagnostics.exitCode(), 3);
}

TEST_F(CheckpointErrors, PyTorchFilesAreRefusedWithTheConversion) {
  std::string errors = errorsOfBytes("PK\x03\x04", ErrorKind::BadInput);
  EXPECT_EQ(errors.find("error: W: is a PyTorch file, which runs code when it "
                        "is read; weights are read from safetensors only\n"
                        "  hint: convert it: python3 -c \"import sys, torch"),
            0u)
      << errors;
}

TEST_F(CheckpointErrors, DamagedFilesAreBadInput) {
  EXPECT_EQ(errorsOfBytes("", ErrorKind::BadInput),
            "error: W: the file has 0 bytes, too few for a safetensors "
            "file\n");
}

TEST_F(CheckpointErrors, NamesMustBeKnown) {
  WeightStore other;
  other.add("conv1.weight", {1}, {1});
  other.add("fc.bias", {1}, {1});
  EXPECT_EQ(errorsOf(other, ErrorKind::WeightsMismatch),
            "error: W: no tensor is named as a checkpoint of apple, timm, "
            "cvnets, mmpretrain names those of the spec's convolutions; the "
            "file has 2 tensors:\n    conv1.weight\n    fc.bias\n"
            "  hint: is it a checkpoint of a MobileOne network?\n");
}

TEST_F(CheckpointErrors, MissingTensorsAreListed) {
  EXPECT_EQ(errorsOf(without("rbr_skip.running"), ErrorKind::WeightsMismatch),
            "error: W: lacks 2 of the tensors that the spec needs (read as a "
            "train-time checkpoint of apple):\n"
            "    stage1.1.rbr_skip.running_mean\n"
            "    stage1.1.rbr_skip.running_var\n");
}

TEST_F(CheckpointErrors, UnexpectedTensorsAreListed) {
  weights.add("stage1.1.extra", {1}, {1});
  weights.add("stage1.1.rbr_skip.num_batches_tracked", {}, {1});
  EXPECT_EQ(errorsOf(weights, ErrorKind::WeightsMismatch),
            "error: W: has 1 tensors that the spec has no place for (read as a "
            "train-time checkpoint of apple):\n    stage1.1.extra\n");
}

TEST_F(CheckpointErrors, NamesAreThoseOfTheFile) {
  const NamingScheme &timm = namingSchemes()[1];
  ASSERT_EQ(timm.name, "timm");
  std::string bytes =
      safetensorsOf(without("se.reduce.bias"), [&](const std::string &name) {
        return "module." + nameInScheme(timm, name);
      });
  EXPECT_EQ(errorsOfBytes(bytes, ErrorKind::WeightsMismatch),
            "error: W: lacks 2 of the tensors that the spec needs (read as a "
            "train-time checkpoint of timm):\n"
            "    module.stages.0.0.attn.fc1.bias\n"
            "    module.stages.0.1.attn.fc1.bias\n");
}

TEST_F(CheckpointErrors, ShapesMustMatch) {
  weights.add("linear.weight", {4, 3}, std::vector<double>(12));
  weights.add("stage0.rbr_scale.bn.bias", {1, 4}, {1, 2, 3, 4});
  EXPECT_EQ(errorsOf(weights, ErrorKind::WeightsMismatch),
            "error: W: stage0.rbr_scale.bn.bias: has the shape [1, 4], the "
            "spec needs [4]\n"
            "  hint: heads[0].classes is 4 in the file, 3 in the spec\n"
            "error: W: linear.weight: has the shape [4, 3], the spec needs "
            "[3, 4]\n");
}

TEST_F(CheckpointErrors, DozensOfShapesAreGrouped) {
  ModelSpec wider = spec;
  wider.stages[0].channels = 8;
  std::string errors =
      errorsOf(randomCheckpoint(wider, CheckpointForm::Train, 1).weights,
               ErrorKind::WeightsMismatch);
  EXPECT_EQ(errors.find("error: W: stage1.1.rbr_conv.0.conv.weight: has the "
                        "shape [8, 4, 1, 1], the spec needs [4, 4, 1, 1]\n"
                        "  hint: stages[0].channels is 8 in the file, 4 in "
                        "the spec\n"),
            0u)
      << errors;
  wider.stem.channels = 8;
  errors = errorsOf(randomCheckpoint(wider, CheckpointForm::Train, 1).weights,
                    ErrorKind::WeightsMismatch);
  EXPECT_EQ(errors.find("error: W: 46 tensors have other shapes than the spec "
                        "needs:\n"),
            0u)
      << errors;
  EXPECT_NE(errors.find("    stage*.*.rbr_conv.*.bn.bias: [*] instead of [*] "
                        "(4, the first is stage1.0.rbr_conv.0.bn.bias: [8] "
                        "instead of [4])\n"),
            std::string::npos)
      << errors;
}

TEST_F(CheckpointErrors, SqueezeExciteShapesMustMatchTheSpec) {
  spec.stages[0].squeezeExciteHidden = 2;
  std::string errors = errorsOf(weights, ErrorKind::WeightsMismatch);
  EXPECT_EQ(errors.find("error: W: stage1.0.se.reduce.weight: has the shape "
                        "[1, 4, 1, 1], the spec needs [2, 4, 1, 1]\n"),
            0u)
      << errors;
}

TEST_F(CheckpointErrors, WeightsMustBeFloatingPoint) {
  static const int64_t counts[3] = {1, 2, 3};
  weights.addView(
      "linear.bias",
      {WeightType::I64, {3}, reinterpret_cast<const uint8_t *>(counts)},
      nullptr);
  EXPECT_EQ(errorsOf(weights, ErrorKind::WeightsMismatch),
            "error: W: linear.bias: has elements of type I64; weights have "
            "F16, BF16, F32 or F64\n");
}

TEST_F(CheckpointErrors, ValuesMustBeFinite) {
  set("stage0.rbr_conv.0.conv.weight", 31,
      std::numeric_limits<double>::quiet_NaN());
  set("linear.bias", 2, -std::numeric_limits<double>::infinity());
  EXPECT_EQ(errorsOf(weights, ErrorKind::BadInput),
            "error: W: stage0.rbr_conv.0.conv.weight: is nan at [1, 0, 1, 1]; "
            "weights must be finite\n"
            "error: W: linear.bias: is -inf at [2]; weights must be finite\n");
}

TEST_F(CheckpointErrors, ValuesMustFitF32) {
  set("linear.bias", 0, 1e39);
  EXPECT_EQ(errorsOf(weights, ErrorKind::BadInput),
            "error: W: linear.bias: is 1e+39 at [0]; weights must be in the "
            "range of f32\n");
}

TEST_F(CheckpointErrors, VariancesMustNotBeNegative) {
  set("stage1.1.rbr_skip.running_var", 3, -0.5);
  set("stage1.1.rbr_skip.running_mean", 3, -0.5);
  set("stage0.rbr_scale.bn.running_var", 0, 0);
  EXPECT_EQ(errorsOf(weights, ErrorKind::BadInput),
            "error: W: stage1.1.rbr_skip.running_var: is -0.5 at [3]; a "
            "variance must not be negative\n");
}

TEST_F(CheckpointErrors, EverythingIsReportedTogether) {
  weights = without("rbr_skip.bias");
  weights.add("extra", {1}, {1});
  weights.add("linear.bias", {2}, {1, 2});
  set("stage1.0.se.expand.bias", 0, INFINITY);
  EXPECT_EQ(errorsOf(weights, ErrorKind::BadInput),
            "error: W: stage1.0.se.expand.bias: is inf at [0]; weights must be "
            "finite\n"
            "error: W: linear.bias: has the shape [2], the spec needs [3]\n"
            "error: W: lacks 1 of the tensors that the spec needs (read as a "
            "train-time checkpoint of apple):\n"
            "    stage1.1.rbr_skip.bias\n"
            "error: W: has 1 tensors that the spec has no place for (read as a "
            "train-time checkpoint of apple):\n"
            "    extra\n");
}
