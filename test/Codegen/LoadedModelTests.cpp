//===- LoadedModelTests.cpp - Loading what is no library -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Loading real libraries is tested with whole models, in test/Pipelines.
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Archive.h"
#include "compiler/Codegen/LoadedModel.h"
#include "test/Codegen/ObjectFiles.h"
#include "test/Support/TemporaryFolder.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <fstream>

using namespace mobileone;
using testing::HasSubstr;

namespace {

class LoadedModelErrors : public testing::Test {
protected:
  /// The error that loading `name` gives.
  std::string load(const std::string &name) {
    diagnostics = DiagnosticList();
    EXPECT_FALSE(LoadedModel::load(temporary.file(name), diagnostics));
    return diagnostics.str();
  }
  void write(const std::string &name, const std::string &content) {
    std::ofstream(temporary.file(name), std::ios::binary) << content;
  }
  /// A library of the object that `source` becomes for `triple`.
  void writeLibrary(const std::string &name, const std::string &source,
                    const std::string &triple) {
    auto archive = makeArchive(makeObject(source, triple), "m.o", diagnostics);
    ASSERT_TRUE(archive) << diagnostics.str();
    write(name, *archive);
  }

  TemporaryFolder temporary;
  DiagnosticList diagnostics;
};

TEST_F(LoadedModelErrors, NoSuchFile) {
  EXPECT_THAT(load("nowhere"), HasSubstr("no such file or folder"));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::BadInput));
}

TEST_F(LoadedModelErrors, FolderWithoutOrWithTwoLibraries) {
  EXPECT_THAT(load(""), HasSubstr("has 0 files lib*.a, expected one"));
  write("liba.a", "");
  write("libb.a", "");
  EXPECT_THAT(load(""), HasSubstr("has 2 files lib*.a, expected one"));
}

TEST_F(LoadedModelErrors, NotALibrary) {
  write("libtext.a", "hello");
  EXPECT_THAT(load("libtext.a"), HasSubstr("is not a library"));
}

TEST_F(LoadedModelErrors, LibraryOfSomethingElse) {
  DiagnosticList none;
  write("libtext.a", *makeArchive("hello", "text", none));
  EXPECT_THAT(load("libtext.a"),
              HasSubstr("is not a library that mobileonec made"));
  write("libempty.a", "!<arch>\n");
  EXPECT_THAT(load("libempty.a"),
              HasSubstr("is not a library that mobileonec made"));
}

TEST_F(LoadedModelErrors, SeveralSymbols) {
  writeLibrary("libtwo.a", "@a = constant i32 1\n@b = constant i32 2\n",
               "x86_64-unknown-linux-gnu");
  EXPECT_THAT(load("libtwo.a"), HasSubstr("exports 2 symbols"));
}

TEST_F(LoadedModelErrors, AnotherMachine) {
  writeLibrary("libarm.a", "@a = constant i32 1\n", "aarch64-unknown-linux");
  EXPECT_THAT(load("libarm.a"), HasSubstr("is for aarch64"));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Unsupported));
}

TEST_F(LoadedModelErrors, UndefinedSymbol) {
  writeLibrary("libundefined.a",
               "@other = external constant i32\n"
               "@a = constant ptr @other\n",
               "x86_64-unknown-linux-gnu");
  EXPECT_THAT(load("libundefined.a"), HasSubstr("cannot be linked"));
}

TEST_F(LoadedModelErrors, AnotherVersion) {
  writeLibrary(
      "libnewer.a",
      "@a = constant [64 x i32] [i32 77, " +
          [] {
            std::string zeros;
            for (int i = 1; i < 64; ++i)
              zeros += std::string(i > 1 ? ", " : "") + "i32 0";
            return zeros;
          }() +
          "]\n",
      "x86_64-unknown-linux-gnu");
  EXPECT_THAT(load("libnewer.a"), HasSubstr("has ABI version 77"));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Unsupported));
}

} // namespace
