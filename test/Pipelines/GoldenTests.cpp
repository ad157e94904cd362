//===- GoldenTests.cpp - Networks against PyTorch's results ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiles the networks of test/Inputs, loads the libraries, runs them on every
// level that the machine has, and compares all outputs with those that an
// independent implementation computed in double.
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/LoadedModel.h"
#include "compiler/Pipelines/Compile.h"
#include "compiler/Weights/Safetensors.h"
#include "runtime/include/mobileone/runtime.h"
#include "test/Support/TemporaryFolder.h"

#include "gtest/gtest.h"

#include <cmath>
#include <cstdlib>

using namespace mobileone;

namespace {

/// |a - b| <= 1e-4 + 1e-3 |b| for every element.
void expectClose(const std::vector<float> &found,
                 const std::vector<double> &expected, const std::string &what) {
  ASSERT_EQ(found.size(), expected.size()) << what;
  double worst = 0;
  for (size_t i = 0; i < found.size(); ++i)
    worst = std::max(worst, std::abs(found[i] - expected[i]) -
                                1e-3 * std::abs(expected[i]));
  EXPECT_LE(worst, 1e-4) << what;
}

/// Runs `loaded` at `level` with `threads` threads; outputs in the model's
/// order.
std::vector<std::vector<float>> run(const LoadedModel &loaded, int level,
                                    unsigned threads,
                                    const std::vector<float> &input) {
  const mobileone_model &model = loaded.model();
  mobileone_options options = mobileone_default_options();
  options.level = level;
  options.threads = threads;
  options.weights = loaded.weights();
  options.weights_bytes = loaded.weightsBytes();
  mobileone_session *session = nullptr;
  EXPECT_EQ(mobileone_session_create(&model, &options, &session), MOBILEONE_OK)
      << mobileone_last_error(nullptr);
  std::vector<std::vector<float>> outputs;
  std::vector<void *> pointers;
  for (uint32_t i = 0; i < model.output_count; ++i)
    outputs.emplace_back(model.outputs[i].bytes / sizeof(float), NAN);
  for (std::vector<float> &output : outputs)
    pointers.push_back(output.data());
  const void *inputs[] = {input.data()};
  EXPECT_EQ(mobileone_run(session, inputs, pointers.data()), MOBILEONE_OK)
      << mobileone_last_error(session);
  mobileone_session_destroy(session);
  return outputs;
}

class Golden : public testing::Test {
protected:
  void open(const std::string &spec, const std::string &folder) {
    DiagnosticList diagnostics;
    expected = readSafetensors(folder + "/io.safetensors", diagnostics);
    ASSERT_TRUE(expected) << diagnostics.str();
    options.spec = spec;
    options.output = temporary.file("out");
  }

  void compileFor(const std::string &weights, const std::string &targets) {
    DiagnosticList diagnostics;
    options.weights = weights;
    options.targets = findTargets(targets, diagnostics);
    std::optional<CompileResult> result = compile(options, diagnostics);
    ASSERT_TRUE(result) << diagnostics.str();
    EXPECT_LE(result->merged.maxDifference(), 1e-9);
    loaded = LoadedModel::load(options.output, diagnostics);
    ASSERT_TRUE(loaded) << diagnostics.str();
  }

  void compare() {
    std::vector<double> image = expected->read("input");
    std::vector<float> input(image.begin(), image.end());
    const mobileone_model &model = loaded->model();
    for (uint32_t p = 0; p < model.program_count; ++p) {
      const mobileone_program &program = model.programs[p];
      if (!mobileone_level_supported(program.level))
        continue;
      for (unsigned threads : {1u, 2u}) {
        auto outputs = run(*loaded, int(program.level), threads, input);
        for (uint32_t i = 0; i < model.output_count; ++i)
          expectClose(outputs[i], expected->read(model.outputs[i].name),
                      std::string(model.outputs[i].name) + " at " +
                          program.target);
      }
    }
  }

  TemporaryFolder temporary;
  CompileOptions options;
  std::optional<WeightStore> expected;
  std::optional<LoadedModel> loaded;
};

const char *const allLevels = "x86-64,x86-64-v3,x86-64-v4";

class TinyGolden : public Golden,
                   public testing::WithParamInterface<const char *> {
protected:
  void SetUp() override {
    folder = std::string(MOBILEONE_TEST_INPUTS "/") + GetParam();
    open(folder + "/model.json", folder);
  }
  std::string folder;
};

TEST_P(TinyGolden, TrainedWeightsOnAllLevels) {
  compileFor(folder + "/weights.train.timm.safetensors", allLevels);
  compare();
}

TEST_P(TinyGolden, AllWeightFiles) {
  for (const char *file : {"train.apple", "fused.timm", "fused.apple"}) {
    SCOPED_TRACE(file);
    compileFor(folder + "/weights." + file + ".safetensors", "host");
    compare();
  }
}

TEST_P(TinyGolden, WithoutFusion) {
  options.fuse = false;
  compileFor(folder + "/weights.train.apple.safetensors", "host");
  compare();
}

TEST_P(TinyGolden, GenericSchedulesAndWeightsInAFile) {
  options.scheduleFamily = "generic";
  options.weightsInFile = true;
  compileFor(folder + "/weights.fused.apple.safetensors", "host");
  EXPECT_EQ(loaded->model().weights, nullptr);
  EXPECT_EQ(mobileone_check_weights(&loaded->model(), loaded->weights(),
                                    loaded->weightsBytes()),
            MOBILEONE_OK);
  compare();
}

INSTANTIATE_TEST_SUITE_P(Tiny, TinyGolden,
                         testing::Values("tiny_se", "tiny_odd", "tiny_k5"));

/// S0 is too large for the repository; it is compared where it is.
TEST_F(Golden, MobileOneS0) {
  const char *golden = std::getenv("MOBILEONE_GOLDEN");
  if (!golden)
    GTEST_SKIP() << "MOBILEONE_GOLDEN does not name the folder with "
                    "mobileone_s0";
  std::string folder = std::string(golden) + "/mobileone_s0";
  open("mobileone_s0", folder);
  compileFor(folder + "/weights.train.timm.safetensors", allLevels);
  compare();
}

} // namespace
