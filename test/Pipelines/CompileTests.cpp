//===- CompileTests.cpp - Compiling in part and in error ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Pipelines/Compile.h"
#include "test/Support/TemporaryFolder.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <stdexcept>

using namespace mobileone;
using testing::HasSubstr;
using testing::UnorderedElementsAre;
namespace fs = std::filesystem;

namespace {

class Compile : public testing::Test {
protected:
  void SetUp() override {
    options.spec = MOBILEONE_TEST_INPUTS "/tiny_k5/model.json";
    options.randomSeed = 1;
    options.targets = findTargets("x86-64-v3,x86-64-v4", diagnostics);
    options.output = temporary.file("out");
  }

  std::set<std::string> filesWritten() {
    std::set<std::string> files;
    if (fs::exists(options.output))
      for (const auto &entry : fs::directory_iterator(options.output))
        files.insert(entry.path().filename());
    return files;
  }

  TemporaryFolder temporary;
  DiagnosticList diagnostics;
  CompileOptions options;
};

TEST_F(Compile, StopsAfterAPhase) {
  options.emit = {Emit::Library, Emit::Mlir};
  options.stopAfter = Phase::Inference;
  std::optional<CompileResult> result = compile(options, diagnostics);
  ASSERT_TRUE(result) << diagnostics.str();
  EXPECT_TRUE(result->training && result->inference);
  EXPECT_TRUE(result->planned.empty());
  EXPECT_EQ(result->times.size(), 3u);
  EXPECT_THAT(filesWritten(), UnorderedElementsAre("tiny_k5.training.mlir",
                                                   "tiny_k5.inference.mlir"));
}

TEST_F(Compile, PlansEachTarget) {
  options.emit = {Emit::Mlir};
  options.stopAfter = Phase::Planned;
  options.name = "renamed";
  std::optional<CompileResult> result = compile(options, diagnostics);
  ASSERT_TRUE(result) << diagnostics.str();
  ASSERT_EQ(result->planned.size(), 2u);
  EXPECT_EQ(result->planned[0].target->name, "x86-64-v4");
  EXPECT_GT(result->packed.bytes().size(), 0u);
  EXPECT_EQ(filesWritten().count("renamed.planned.x86-64-v3.mlir"), 1u);
}

TEST_F(Compile, ProgressCountsUpToTheTotal) {
  options.targets.resize(1);
  std::map<Phase, std::pair<unsigned, unsigned>> last;
  ASSERT_TRUE(compile(options, diagnostics,
                      [&](Phase phase, unsigned done, unsigned total) {
                        EXPECT_LE(done, total);
                        last[phase] = {done, total};
                      }))
      << diagnostics.str();
  EXPECT_EQ(last.size(), 5u);
  for (const auto &[phase, counts] : last)
    EXPECT_EQ(counts.first, counts.second) << phaseName(phase);
}

TEST_F(Compile, ErrorsLeaveTheFolderAsItWas) {
  options.randomSeed.reset();
  options.weights =
      MOBILEONE_TEST_INPUTS "/tiny_se/weights.train.timm.safetensors";
  EXPECT_FALSE(compile(options, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::WeightsMismatch));
  EXPECT_FALSE(fs::exists(options.output));
  EXPECT_EQ(fs::directory_iterator(temporary.file("")),
            fs::directory_iterator());
}

TEST_F(Compile, InterruptedByProgressLeavesNothing) {
  auto interrupt = [](Phase phase, unsigned done, unsigned) {
    if (phase == Phase::Library && done == 1)
      throw std::runtime_error("interrupted");
  };
  EXPECT_THROW(compile(options, diagnostics, interrupt), std::runtime_error);
  EXPECT_EQ(fs::directory_iterator(temporary.file("")),
            fs::directory_iterator());
}

TEST_F(Compile, MissingSpecAndWeights) {
  options.spec = temporary.file("nowhere.json");
  EXPECT_FALSE(compile(options, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::BadInput));
  DiagnosticList second;
  options.spec = MOBILEONE_TEST_INPUTS "/tiny_k5/model.json";
  options.randomSeed.reset();
  options.weights = temporary.file("nowhere.safetensors");
  EXPECT_FALSE(compile(options, second));
  EXPECT_EQ(second.exitCode(), int(ErrorKind::BadInput));
}

TEST_F(Compile, NameMustBeACIdentifier) {
  options.name = "my-model";
  EXPECT_FALSE(compile(options, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Usage));
  EXPECT_THAT(diagnostics.str(), HasSubstr("--name: 'my-model'"));
}

TEST_F(Compile, NoTarget) {
  options.targets.clear();
  EXPECT_FALSE(compile(options, diagnostics));
  EXPECT_THAT(diagnostics.str(), HasSubstr("--target: names no target"));
}

TEST(CompileNames, PhasesAndEmits) {
  for (const std::string &name : phaseNames())
    EXPECT_EQ(phaseName(*phaseOfName(name)), name);
  EXPECT_EQ(phaseOfName("library"), Phase::Library);
  EXPECT_EQ(emitOfName("asm"), Emit::Assembly);
  EXPECT_FALSE(phaseOfName("lowering"));
  EXPECT_FALSE(emitOfName("obj"));
}

} // namespace
