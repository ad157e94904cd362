//===- CppProjectTests.cpp - Generated projects build and run -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A model of one kernel for two levels, its tables written by hand, becomes a
// project; each C++ compiler of the machine builds it, and what it computes is
// compared with plain loops.
//
//===----------------------------------------------------------------------===//

#include "RequestBuilder.h"
#include "compiler/Codegen/Cpp/CppProject.h"
#include "compiler/Planning/PackedWeights.h"
#include "test/Support/TemporaryFolder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace mobileone;
using namespace mobileone::schedules::testing;
using schedules::KernelLayout;
using schedules::KernelRequest;
using schedules::Operand;
using schedules::WeightPacking;

namespace {

namespace fs = std::filesystem;

std::string readFile(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

StepOperand operandOf(const Operand &operand, mobileone_space space,
                      uint64_t offset) {
  StepOperand result;
  result.space = space;
  result.offset = offset;
  result.type = operand.type;
  int extents[] = {operand.storedChannels, operand.shape.width,
                   operand.shape.height};
  for (int d = 0; d < 3; ++d)
    result.dimensions[d] = {0, extents[d], operand.strides[d], 0};
  return result;
}

uint64_t bytesOf(const Operand &operand) {
  uint64_t bytes = 4 * uint64_t(operand.strides[2]) * operand.shape.height;
  return (bytes + 63) / 64 * 64;
}

Values randomValues(size_t count, std::mt19937 &random) {
  std::uniform_real_distribution<float> distribution(-0.5f, 0.5f);
  Values values(count);
  for (double &value : values)
    value = distribution(random);
  return values;
}

/// A network that is one kernel, for x86-64 and x86-64-v3.
struct SmallModel {
  static constexpr int channels = 3, width = 9, height = 7, classes = 5;
  static constexpr int batch = 2, imageSize = channels * width * height;
  ModelTables tables;
  std::vector<uint8_t> packed;
  Values images;
  std::vector<Values> weights;
  KernelRequest request;

  SmallModel() {
    std::mt19937 random(3);
    images = randomValues(batch * imageSize, random);
    tables.name = "small";
    tables.batch = batch;
    tables.inputs.push_back({"image",
                             schedules::ElementType::F32,
                             MOBILEONE_LAYOUT_NHWC,
                             {batch, height, width, channels}});
    tables.outputs.push_back({"logits",
                              schedules::ElementType::F32,
                              MOBILEONE_LAYOUT_NC,
                              {batch, classes}});
    DiagnosticList diagnostics;
    PackedWeights blob;
    for (const char *name : {"x86-64-v3", "x86-64"})
      addProgram(*findTarget(name, diagnostics), blob, random);
    packed = blob.bytes();
  }

  /// What the network computes, image by image.
  Values expected() const {
    Values logits;
    for (int i = 0; i < batch; ++i) {
      auto begin = images.begin() + i * imageSize;
      auto values = computeReference(
          request, {Values(begin, begin + imageSize)}, weights);
      const Values &image = values[request.outputs[0].value];
      logits.insert(logits.end(), image.begin(), image.end());
    }
    return logits;
  }

  void addProgram(const Target &target, PackedWeights &blob,
                  std::mt19937 &random) {
    RequestBuilder builder("generic");
    builder.request.machine = target.machine;
    builder.request.name = "network";
    int value = builder.callerInput({channels, width, height}, false,
                                    schedules::ElementType::F32);
    value = builder.conv(builder.readInput(value, false), 11, 3, 1);
    value = builder.linear(builder.pool(value), classes);
    builder.callerOutput(value, false);
    request = builder.request;
    const schedules::Schedule *schedule =
        schedules::findSchedule("generic.any");
    KernelLayout layout = schedule->layout(request);
    Program program;
    program.target = &target;
    program.kernels.push_back({request, schedule, layout, "network"});
    program.steps.push_back(stepOf(layout, blob, random, program));
    tables.programs.push_back(program);
  }

  Step stepOf(const KernelLayout &layout, PackedWeights &blob,
              std::mt19937 &random, Program &program) {
    Step step;
    step.name = "stem+head";
    step.kernel = "network";
    step.tileCount = 1;
    step.operands.push_back(
        operandOf(request.inputs[0], MOBILEONE_SPACE_INPUT, 0));
    bool isFirst = weights.empty();
    for (size_t i = 0; i < layout.weights.size(); ++i) {
      const WeightPacking &packing = layout.weights[i];
      if (isFirst)
        weights.push_back(randomValues(
            size_t(packing.outputs) * packing.inputs * packing.taps, random));
      step.operands.push_back(
          operandOf(schedules::packedOperand(packing), MOBILEONE_SPACE_WEIGHTS,
                    blob.add(packWeights(weights[i], packing))));
    }
    for (const schedules::ScratchBuffer &scratch : layout.scratch) {
      step.operands.push_back(operandOf(
          scratch.operand, MOBILEONE_SPACE_SCRATCH, program.scratchBytes));
      program.scratchBytes += bytesOf(scratch.operand);
    }
    step.operands.push_back(
        operandOf(request.outputs[0].operand, MOBILEONE_SPACE_OUTPUT, 0));
    return step;
  }
};

void emit(const SmallModel &model, const fs::path &where, bool weightsInside) {
  DiagnosticList diagnostics;
  OutputFolder folder(where.string());
  ASSERT_TRUE(folder.open(diagnostics)) << diagnostics.str();
  CppProjectOptions options;
  options.weightsInside = weightsInside;
  ASSERT_TRUE(emitCppProject(model.tables, model.packed, options, {}, folder,
                             diagnostics))
      << diagnostics.str();
  ASSERT_TRUE(folder.commit(diagnostics)) << diagnostics.str();
}

constexpr const char *program = R"(
#include "small.h"
#include "mobileone/runtime.h"
#include <stdio.h>
#include <stdlib.h>
int main(int count, char **arguments) {
  static float image[SMALL_IMAGE_ELEMENTS], logits[SMALL_LOGITS_ELEMENTS];
  for (float &value : image)
    if (scanf("%f", &value) != 1) return 2;
  mobileone_options options = mobileone_default_options();
  options.level = count > 1 ? atoi(arguments[1]) : -1;
  mobileone_session *session;
  if (mobileone_session_create(&small, &options, &session) != MOBILEONE_OK)
    return puts(mobileone_last_error(NULL)), 3;
  const void *inputs[] = {image};
  void *outputs[] = {logits};
  if (mobileone_run(session, inputs, outputs) != MOBILEONE_OK) return 4;
  for (float value : logits) printf("%.9g\n", value);
  mobileone_session_destroy(session);
}
)";

class CppProjectTest : public ::testing::TestWithParam<const char *> {};

TEST_P(CppProjectTest, BuildsAndComputes) {
  std::string compiler = GetParam();
  if (std::system((compiler + " --version > /dev/null 2>&1").c_str()))
    GTEST_SKIP() << "no " << compiler;
  SmallModel model;
  TemporaryFolder folder;
  emit(model, folder.file("out"), true);
  std::ofstream(folder.file("main.cpp")) << program;
  std::ofstream(folder.file("CMakeLists.txt"))
      << "cmake_minimum_required(VERSION 3.16)\nproject(app C CXX)\n"
         "add_subdirectory(out/cpp)\nadd_executable(app main.cpp)\n"
         "target_link_libraries(app small)\n";
  std::ofstream image(folder.file("image.txt"));
  image.precision(9);
  for (double value : model.images)
    image << value << "\n";
  image.close();
  std::string command = "cd " + folder.path() +
                        " && cmake -S . -B build -DCMAKE_CXX_FLAGS=-Werror "
                        "-DCMAKE_CXX_COMPILER=" +
                        compiler +
                        " > log 2>&1 && cmake --build build >> log 2>&1 || "
                        "{ cat log; exit 1; }";
  ASSERT_EQ(std::system(command.c_str()), 0);
  Values expected = model.expected();
  for (const char *level : {"0", "3"}) {
    std::string run = "cd " + folder.path() + " && ./build/app " + level +
                      " < image.txt > logits.txt";
    ASSERT_EQ(std::system(run.c_str()), 0)
        << readFile(folder.file("logits.txt"));
    std::ifstream logits(folder.file("logits.txt"));
    for (double want : expected) {
      double got = NAN;
      logits >> got;
      EXPECT_NEAR(got, want, 1e-5 + 1e-4 * std::abs(want)) << level;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Compilers, CppProjectTest,
                         ::testing::Values("g++", MOBILEONE_CLANG),
                         [](const auto &info) {
                           return info.index == 0 ? "gcc" : "clang";
                         });

TEST(CppProjectTest, GivesEqualBytes) {
  SmallModel model;
  TemporaryFolder folder;
  emit(model, folder.file("first"), true);
  emit(model, folder.file("second"), true);
  int files = 0;
  for (const auto &entry :
       fs::recursive_directory_iterator(folder.file("first"))) {
    if (!entry.is_regular_file())
      continue;
    fs::path name = fs::relative(entry.path(), folder.file("first"));
    EXPECT_EQ(readFile(entry.path()),
              readFile(fs::path(folder.file("second")) / name))
        << name;
    ++files;
  }
  EXPECT_GT(files, 20);
}

TEST(CppProjectTest, LeavesWeightsToTheCaller) {
  SmallModel model;
  TemporaryFolder folder;
  emit(model, folder.path(), false);
  fs::path cpp = folder.file("cpp");
  EXPECT_EQ(fs::file_size(cpp / "small.weights.bin"), model.packed.size());
  EXPECT_FALSE(fs::exists(cpp / "small_weights.cpp"));
  EXPECT_THAT(readFile(cpp / "small_model.cpp"),
              ::testing::HasSubstr("nullptr"));
}

} // namespace
