//===- CheckpointTest.cpp - Weights of a model from a file ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/Checkpoint.h"
#include "compiler/Weights/NamingScheme.h"
#include "compiler/Weights/Safetensors.h"
#include "test/Support/TemporaryFolder.h"
#include "test/Weights/SafetensorsBytes.h"

#include <cmath>
#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mobileone;
using testing::ElementsAre;

static const std::string inputs = MOBILEONE_TEST_INPUTS;

/// Loads what must be right.
static std::optional<Checkpoint> load(const std::string &path,
                                      ModelSpec &spec) {
  DiagnosticList diagnostics;
  auto checkpoint = loadCheckpoint(path, spec, diagnostics);
  EXPECT_EQ(diagnostics.str(), "");
  EXPECT_TRUE(checkpoint);
  return checkpoint;
}

static ModelSpec inputSpec(const std::string &model) {
  DiagnosticList diagnostics;
  auto spec = loadModelSpec(inputs + "/" + model + "/model.json", diagnostics);
  EXPECT_EQ(diagnostics.str(), "");
  return spec.value_or(ModelSpec());
}

static std::optional<Checkpoint> loadInput(const std::string &model,
                                           const std::string &file) {
  ModelSpec spec = inputSpec(model);
  return load(inputs + "/" + model + "/" + file, spec);
}

static void expectEqual(const WeightStore &a, const WeightStore &b) {
  ASSERT_EQ(a.names(), b.names());
  for (const std::string &name : a.names()) {
    EXPECT_EQ(a.find(name)->shape, b.find(name)->shape) << name;
    EXPECT_EQ(a.read(name), b.read(name)) << name;
  }
}

namespace {

class GoldenCheckpoint : public testing::TestWithParam<const char *> {};

} // namespace

TEST_P(GoldenCheckpoint, LoadsFromEveryFileUnderTheSameNames) {
  for (bool isTrained : {true, false}) {
    std::string form = isTrained ? "weights.train." : "weights.fused.";
    auto apple = loadInput(GetParam(), form + "apple.safetensors");
    auto timm = loadInput(GetParam(), form + "timm.safetensors");
    ASSERT_TRUE(apple && timm);
    EXPECT_EQ(apple->naming, "apple");
    EXPECT_EQ(timm->naming, "timm");
    EXPECT_EQ(apple->form,
              isTrained ? CheckpointForm::Train : CheckpointForm::Fused);
    EXPECT_EQ(timm->form, apple->form);
    expectEqual(apple->weights, timm->weights);
  }
}

TEST_P(GoldenCheckpoint, LoadsUnderEveryNamingAndAPrefix) {
  TemporaryFolder folder;
  for (const char *form : {"train", "fused"}) {
    auto expected = loadInput(GetParam(), std::string("weights.") + form +
                                              ".apple.safetensors");
    ASSERT_TRUE(expected);
    for (const NamingScheme &scheme : namingSchemes()) {
      for (const char *prefix : {"", "module.", "a.model."}) {
        ModelSpec spec = inputSpec(GetParam());
        std::string bytes =
            safetensorsOf(expected->weights, [&](const std::string &name) {
              return prefix + nameInScheme(scheme, name);
            });
        auto loaded = load(folder.write("w", bytes), spec);
        ASSERT_TRUE(loaded);
        EXPECT_EQ(loaded->naming, scheme.name);
        EXPECT_EQ(loaded->form, expected->form);
        expectEqual(loaded->weights, expected->weights);
      }
    }
  }
}

TEST_P(GoldenCheckpoint, ResultsAreReadable) {
  DiagnosticList diagnostics;
  auto results = readSafetensors(inputs + "/" + GetParam() + "/io.safetensors",
                                 diagnostics);
  ASSERT_TRUE(results) << diagnostics.str();
  EXPECT_THAT(results->names(),
              ElementsAre("input", "logits", "stage1", "stage2", "stage3",
                          "stage4", "stem"));
}

INSTANTIATE_TEST_SUITE_P(Cases, GoldenCheckpoint,
                         testing::Values("tiny_se", "tiny_odd", "tiny_k5"));

TEST(Checkpoint, FillsInHiddenWidths) {
  ModelSpec spec = inputSpec("tiny_se");
  load(inputs + "/tiny_se/weights.train.timm.safetensors", spec);
  EXPECT_FALSE(spec.stages[0].squeezeExciteHidden);
  EXPECT_EQ(spec.stages[2].squeezeExciteHidden, 3);
  EXPECT_FALSE(spec.stages[3].squeezeExciteHidden);
  EXPECT_THAT(spec.stages[3].squeezeExciteHiddenWidths, ElementsAre(3, 4));
}

TEST(Checkpoint, HiddenWidthsAreTheTensors) {
  TemporaryFolder folder;
  ModelSpec open = inputSpec("tiny_se"), fixed = open;
  fixed.stages[2].squeezeExciteHidden = 7;
  Checkpoint random = randomCheckpoint(fixed, CheckpointForm::Train, 1);
  load(folder.write("w", safetensorsOf(random.weights)), open);
  EXPECT_EQ(open.stages[2].squeezeExciteHidden, 7);
}

TEST(Checkpoint, FeaturesNeedNoClassifier) {
  ModelSpec spec = inputSpec("tiny_k5");
  spec.heads.erase(spec.heads.begin());
  ASSERT_EQ(spec.heads[0].kind, HeadKind::Features);
  auto checkpoint =
      load(inputs + "/tiny_k5/weights.fused.timm.safetensors", spec);
  ASSERT_TRUE(checkpoint);
  EXPECT_FALSE(checkpoint->weights.contains("linear.weight"));
}

/// A file with every element of `weights` stored in `type` with `store`.
template <typename Stored, typename Store>
static std::string storedAs(const WeightStore &weights, WeightType type,
                            Store store) {
  WeightStore stored;
  for (const std::string &name : weights.names()) {
    auto values = std::make_shared<std::vector<Stored>>();
    for (double value : weights.read(name))
      values->push_back(store(value));
    stored.addView(name,
                   {type, weights.find(name)->shape,
                    reinterpret_cast<const uint8_t *>(values->data())},
                   values);
  }
  return safetensorsOf(stored);
}

TEST(Checkpoint, ReadsEveryFloatingPointType) {
  TemporaryFolder folder;
  ModelSpec spec = inputSpec("tiny_k5");
  WeightStore exact = randomCheckpoint(spec, CheckpointForm::Train, 1).weights;
  // The upper half of an f32, cut off.
  auto toBfloat16 = [](double value) -> uint16_t {
    float single = static_cast<float>(value);
    uint32_t bits;
    std::memcpy(&bits, &single, sizeof(bits));
    return bits >> 16;
  };
  auto bfloat16 =
      load(folder.write(
               "b", storedAs<uint16_t>(exact, WeightType::BF16, toBfloat16)),
           spec);
  auto doubles =
      load(folder.write("d", storedAs<double>(exact, WeightType::F64,
                                              [](double v) { return v; })),
           spec);
  ASSERT_TRUE(bfloat16 && doubles);
  expectEqual(doubles->weights, exact);
  for (const std::string &name : exact.names()) {
    std::vector<double> a = exact.read(name), b = bfloat16->weights.read(name);
    for (size_t i = 0; i < a.size(); ++i)
      ASSERT_NEAR(a[i], b[i], std::fabs(a[i]) / 128) << name;
  }
}

TEST(Checkpoint, ReadsHalves) {
  TemporaryFolder folder;
  ModelSpec spec = inputSpec("tiny_k5");
  WeightStore exact = randomCheckpoint(spec, CheckpointForm::Fused, 1).weights;
  auto ones =
      load(folder.write("h", storedAs<uint16_t>(exact, WeightType::F16,
                                                [](double) { return 0x3C00; })),
           spec);
  ASSERT_TRUE(ones);
  EXPECT_THAT(ones->weights.read("linear.bias"), ElementsAre(1, 1, 1));
}
