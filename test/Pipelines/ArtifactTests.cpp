//===- ArtifactTests.cpp - What a compilation writes -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Pipelines/Compile.h"
#include "test/Support/TemporaryFolder.h"

#include "nlohmann/json.hpp"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <fstream>
#include <iterator>

using namespace mobileone;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

namespace {

std::string read(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// tiny_se with random weights for two levels, compiled once for all tests.
class Artifact : public testing::Test {
protected:
  static CompileOptions optionsFor(const std::string &output) {
    DiagnosticList diagnostics;
    CompileOptions options;
    options.spec = MOBILEONE_TEST_INPUTS "/tiny_se/model.json";
    options.randomSeed = 7;
    options.targets = findTargets("x86-64-v3,x86-64-v4", diagnostics);
    options.output = output;
    options.emit = {Emit::Library, Emit::Llvm, Emit::Assembly, Emit::Mlir};
    return options;
  }
  static void compileTo(const std::string &output, CompileOptions options) {
    DiagnosticList diagnostics;
    options.output = output;
    ASSERT_TRUE(compile(options, diagnostics)) << diagnostics.str();
  }
  static void SetUpTestSuite() {
    temporary = new TemporaryFolder();
    compileTo(temporary->file("out"), optionsFor(""));
  }
  static void TearDownTestSuite() { delete temporary; }
  static std::string path(const std::string &name) {
    return temporary->file("out/" + name);
  }

  static TemporaryFolder *temporary;
};
TemporaryFolder *Artifact::temporary = nullptr;

/// Exported and undefined symbols, and sections, of a library's only object.
struct ObjectSummary {
  std::vector<std::string> exported, undefined, sections;
};

ObjectSummary summarize(const std::string &library) {
  ObjectSummary summary;
  auto file =
      cantFail(llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(library)));
  auto archive =
      cantFail(llvm::object::Archive::create(file->getMemBufferRef()));
  llvm::Error error = llvm::Error::success();
  for (const llvm::object::Archive::Child &child : archive->children(error)) {
    auto object = cantFail(llvm::object::ObjectFile::createObjectFile(
        cantFail(child.getMemoryBufferRef())));
    for (const llvm::object::SectionRef &section : object->sections())
      summary.sections.push_back(cantFail(section.getName()).str());
    for (const llvm::object::SymbolRef &symbol : object->symbols()) {
      uint32_t flags = cantFail(symbol.getFlags());
      std::string name = cantFail(symbol.getName()).str();
      if (flags & llvm::object::SymbolRef::SF_Undefined)
        summary.undefined.push_back(name);
      else if (flags & llvm::object::SymbolRef::SF_Global)
        summary.exported.push_back(name);
    }
  }
  cantFail(std::move(error));
  return summary;
}

TEST_F(Artifact, LibraryExportsOneSymbolAndNeedsLittle) {
  ObjectSummary summary = summarize(path("libtiny_se.a"));
  EXPECT_THAT(summary.exported, ElementsAre("tiny_se"));
  for (const std::string &symbol : summary.undefined)
    EXPECT_THAT(
        (std::set<std::string>{"memcpy", "memset", "memmove", "exp", "expf"}),
        Contains(symbol));
  for (const std::string &section : summary.sections) {
    EXPECT_THAT(section, Not(HasSubstr("init")));
    EXPECT_THAT(section, Not(HasSubstr("ctors")));
  }
  std::string bytes = read(path("libtiny_se.a"));
  for (const char *maker : {"halide", "Halide", "llvm", "LLVM"})
    EXPECT_EQ(bytes.find(maker), std::string::npos) << maker;
}

TEST_F(Artifact, SecondBuildGivesTheSameBytes) {
  CompileOptions options = optionsFor("");
  options.jobs = 1;
  compileTo(temporary->file("again"), options);
  size_t files = 0;
  for (const auto &entry :
       std::filesystem::directory_iterator(temporary->file("out"))) {
    std::string name = entry.path().filename();
    EXPECT_TRUE(read(path(name)) == read(temporary->file("again/" + name)))
        << name;
    ++files;
  }
  EXPECT_EQ(files, 5 + 2 + 4u);
}

TEST_F(Artifact, HeaderCompilesAsCAndCpp) {
  for (const char *compiler :
       {"gcc -std=c11 -x c", "g++ -std=c++17 -x c++", "clang-22 -std=c11 -x c",
        "clang++-22 -std=c++17 -x c++"}) {
    std::string command = std::string(compiler) +
                          " -Wall -Wextra -Werror -pedantic -fsyntax-only "
                          "-I" MOBILEONE_RUNTIME_INCLUDE " " +
                          path("tiny_se.h");
    // As a main file, a header's include guard is all that may be warned of.
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
  }
}

TEST_F(Artifact, HeaderHasShapesAndMemory) {
  std::string header = read(path("tiny_se.h"));
  for (const char *line :
       {"extern const mobileone_model tiny_se;", "#define TINY_SE_BATCH 1\n",
        "#define TINY_SE_INPUT_WIDTH 64", "#define TINY_SE_INPUT_BYTES 49152",
        "#define TINY_SE_LOGITS_ELEMENTS 10",
        "#define TINY_SE_STAGE4_CHANNELS 64", "#define TINY_SE_ARENA_BYTES ",
        "#define TINY_SE_SESSION_BYTES(threads)",
        "//   input  input f32 nchw [1, 3, 64, 64]",
        "mobileone_session_create(&tiny_se, NULL, &session)"})
    EXPECT_THAT(header, HasSubstr(line));
}

TEST_F(Artifact, ManifestSaysWhatTheLibraryIsMadeOf) {
  auto manifest = nlohmann::json::parse(read(path("tiny_se.manifest.json")));
  EXPECT_EQ(manifest["name"], "tiny_se");
  EXPECT_EQ(manifest["batch"], 1);
  EXPECT_EQ(manifest["weights"]["source"], "random:7");
  EXPECT_EQ(manifest["versions"]["halide"], "21.0.0");
  EXPECT_EQ(manifest["spec"]["sha256"].get<std::string>().size(), 64u);
  ASSERT_EQ(manifest["programs"].size(), 2u);
  EXPECT_EQ(manifest["programs"][0]["target"], "x86-64-v4");
  for (const auto &step : manifest["programs"][1]["steps"])
    EXPECT_FALSE(step["schedule"].get<std::string>().empty());
  for (const auto &[name, bytes] : manifest["files"].items())
    EXPECT_EQ(std::filesystem::file_size(path(name)), bytes) << name;
}

/// In order: the caller's input is read first, its output written last, and
/// what lies in the arena and among the weights stays inside of them.
TEST_F(Artifact, ManifestSaysWhereOperandsLie) {
  auto manifest = nlohmann::json::parse(read(path("tiny_se.manifest.json")));
  const auto &program = manifest["programs"][0];
  const auto &first = program["steps"].front()["operands"].front();
  EXPECT_EQ(first["space"], "input");
  EXPECT_EQ(first["bytes"], manifest["inputs"][0]["bytes"]);
  EXPECT_FALSE(first["written"].get<bool>());
  const auto &last = program["steps"].back()["operands"].back();
  EXPECT_EQ(last["space"], "output");
  EXPECT_TRUE(last["written"].get<bool>());
  std::map<std::string, uint64_t> room = {
      {"arena", program["arena_bytes"]},
      {"weights", manifest["packed_weights"]["bytes"]}};
  for (const auto &step : program["steps"])
    for (const auto &operand : step["operands"])
      if (auto space = room.find(operand["space"]); space != room.end())
        EXPECT_LE(operand["offset"].get<uint64_t>() +
                      operand["bytes"].get<uint64_t>(),
                  space->second);
}

TEST_F(Artifact, TextsShowBothLevelsWithoutWeights) {
  std::string ir = read(path("tiny_se.ll"));
  EXPECT_THAT(ir, HasSubstr("\"target-cpu\"=\"x86-64-v3\""));
  EXPECT_THAT(ir, HasSubstr("\"target-cpu\"=\"x86-64-v4\""));
  EXPECT_THAT(ir, HasSubstr("@mobileone.weights = external hidden constant"));
  std::string assembly = read(path("tiny_se.s"));
  EXPECT_THAT(assembly, HasSubstr("zmm"));
  EXPECT_LT(assembly.size(), 4u << 20);
}

TEST_F(Artifact, PackageFilesNameTheLibrary) {
  EXPECT_THAT(read(path("tiny_seConfig.cmake")),
              HasSubstr("${CMAKE_CURRENT_LIST_DIR}/libtiny_se.a"));
  EXPECT_THAT(read(path("tiny_se.pc")), HasSubstr("${folder}/libtiny_se.a"));
}

} // namespace
