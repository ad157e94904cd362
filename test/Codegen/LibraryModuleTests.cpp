//===- LibraryModuleTests.cpp - A model as one LLVM module -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What real kernels become is tested with whole models, in test/Pipelines.
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/LibraryModule.h"
#include "compiler/Target/Devices.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/Support/SourceMgr.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace mobileone;
using testing::HasSubstr;

namespace {

class LibraryModule : public testing::Test {
protected:
  LibraryModule() : target(makeX86_64V3()) {
    Program program;
    program.target = &target;
    program.kernels.resize(1);
    program.kernels[0].symbol = "k";
    program.kernels[0].request.name = "k";
    program.steps.resize(1);
    program.steps[0].operands.resize(1);
    tables.name = "model";
    tables.programs = {program};
    tables.inputs = tables.outputs = {ModelTensor{"t", {}, {}, {1, 1}}};
  }

  static std::string bitcodeOf(const std::string &source) {
    llvm::LLVMContext context;
    llvm::SMDiagnostic error;
    auto module = llvm::parseAssemblyString(source, error, context);
    EXPECT_TRUE(module) << error.getMessage().str();
    std::string bitcode;
    llvm::raw_string_ostream stream(bitcode);
    llvm::WriteBitcodeToFile(*module, stream);
    return bitcode;
  }

  /// Builds the library of a kernel with this bitcode.
  std::unique_ptr<llvm::Module> build(const std::string &bitcode) {
    machine = createTargetMachine(target, diagnostics);
    return buildLibraryModule(tables, {{bitcode}}, {&weights, 0, true},
                              *machine, context, diagnostics);
  }

  Target target;
  ModelTables tables;
  std::vector<uint8_t> weights = {1, 2, 3, 4};
  DiagnosticList diagnostics;
  llvm::LLVMContext context;
  std::unique_ptr<llvm::TargetMachine> machine;
};

const char *const goodKernel = "define i32 @k_argv(ptr %a) { ret i32 0 }\n";

TEST_F(LibraryModule, KernelsBecomeTheTargets) {
  auto module = build(bitcodeOf(goodKernel));
  ASSERT_TRUE(module) << diagnostics.str();
  EXPECT_THAT(printModule(*module),
              HasSubstr("define internal i32 @k_argv(ptr %a)"));
  EXPECT_THAT(printModule(*module), HasSubstr("\"target-cpu\"=\"x86-64-v3\""));
  embedWeights(*module, {&weights, 0, true});
  EXPECT_THAT(printModule(*module),
              HasSubstr("@mobileone.weights = internal constant [4 x i8]"));
}

TEST_F(LibraryModule, BrokenBitcode) {
  EXPECT_FALSE(build("nonsense"));
  EXPECT_THAT(diagnostics.str(), HasSubstr("its bitcode cannot be read"));
}

TEST_F(LibraryModule, BitcodeOfAnotherKernel) {
  EXPECT_FALSE(build(bitcodeOf("define i32 @other() { ret i32 0 }")));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("its bitcode does not define k_argv"));
}

TEST_F(LibraryModule, CallThatNobodyAnswers) {
  EXPECT_FALSE(build(bitcodeOf("declare i32 @halide_malloc(i64)\n"
                               "define i32 @k_argv(ptr %a) {\n"
                               "  %r = call i32 @halide_malloc(i64 1)\n"
                               "  ret i32 %r\n}")));
  EXPECT_THAT(diagnostics.str(), HasSubstr("a kernel calls 'halide_malloc'"));
}

TEST_F(LibraryModule, ModelNamedLikeAKernelOrACFunction) {
  tables.name = "k_argv";
  auto module = build(bitcodeOf(goodKernel));
  ASSERT_TRUE(module) << diagnostics.str();
  EXPECT_NE(module->getNamedGlobal("k_argv"), nullptr);

  tables.name = "expf";
  EXPECT_FALSE(build(bitcodeOf("declare float @expf(float)\n"
                               "define i32 @k_argv(ptr %a) {\n"
                               "  %r = call float @expf(float 1.0)\n"
                               "  ret i32 0\n}")));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Usage));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("also the name of a C function that kernels call"));
}

TEST_F(LibraryModule, TripleWithoutCodeGenerator) {
  target.triple = "nothing-unknown-unknown";
  EXPECT_FALSE(createTargetMachine(target, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Unsupported));
  EXPECT_THAT(diagnostics.str(), HasSubstr("has no code generator for"));
}

} // namespace
