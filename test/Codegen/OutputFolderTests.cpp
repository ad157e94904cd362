//===- OutputFolderTests.cpp - Results appear whole or not at all ---------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/OutputFolder.h"
#include "test/Support/TemporaryFolder.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <fstream>
#include <iterator>

using namespace mobileone;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

std::string read(const std::string &path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

size_t countEntries(const std::string &folder) {
  return std::distance(fs::directory_iterator(folder), {});
}

TEST(OutputFolder, CommitMovesFilesAndReplacesOlder) {
  TemporaryFolder temporary;
  std::string out = temporary.file("a/b");
  for (std::string text : {"old", "new"}) {
    DiagnosticList diagnostics;
    OutputFolder folder(out + "/");
    ASSERT_TRUE(folder.open(diagnostics)) << diagnostics.str();
    ASSERT_TRUE(folder.write("file", text, diagnostics));
    ASSERT_TRUE(folder.write("sub/" + text, text, diagnostics));
    ASSERT_TRUE(folder.commit(diagnostics)) << diagnostics.str();
    EXPECT_EQ(folder.files().size(), 2u);
    EXPECT_EQ(read(out + "/file"), text);
  }
  EXPECT_EQ(read(out + "/sub/new"), "new");
  EXPECT_FALSE(fs::exists(out + "/sub/old"));
  EXPECT_EQ(countEntries(out), 2u);
}

TEST(OutputFolder, RelativePath) {
  TemporaryFolder temporary;
  fs::path before = fs::current_path();
  fs::current_path(temporary.file(""));
  DiagnosticList diagnostics;
  OutputFolder folder("new/out");
  EXPECT_TRUE(folder.open(diagnostics)) << diagnostics.str();
  EXPECT_EQ(countEntries("new"), 1u); // Not in the system's temporary folder.
  fs::current_path(before);
}

TEST(OutputFolder, WithoutCommitNothingRemains) {
  TemporaryFolder temporary;
  {
    DiagnosticList diagnostics;
    OutputFolder folder(temporary.file("out"));
    ASSERT_TRUE(folder.open(diagnostics));
    ASSERT_TRUE(folder.write("file", "text", diagnostics));
  }
  EXPECT_EQ(countEntries(temporary.file("")), 0u);
}

TEST(OutputFolder, FileInTheWay) {
  TemporaryFolder temporary;
  std::ofstream(temporary.file("out")) << "precious";
  DiagnosticList diagnostics;
  OutputFolder folder(temporary.file("out"));
  EXPECT_FALSE(folder.open(diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::BadInput));
  EXPECT_THAT(diagnostics.str(), HasSubstr("is a file"));
  EXPECT_EQ(read(temporary.file("out")), "precious");
}

TEST(OutputFolder, ParentThatCannotBeMade) {
  DiagnosticList diagnostics;
  OutputFolder folder("/proc/mobileonec/out");
  EXPECT_FALSE(folder.open(diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::BadInput));
  EXPECT_THAT(diagnostics.str(), HasSubstr("cannot be made"));
}

TEST(OutputFolder, FolderThatCannotBeWritten) {
  DiagnosticList diagnostics;
  OutputFolder folder("/proc");
  EXPECT_FALSE(folder.open(diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::BadInput));
  EXPECT_THAT(diagnostics.str(), HasSubstr("cannot be written"));
}

TEST(OutputFolder, FullDiskIsReported) {
  TemporaryFolder temporary;
  DiagnosticList diagnostics;
  OutputFolder folder(temporary.file("out"));
  ASSERT_TRUE(folder.open(diagnostics));
  // Every write to this device fails as on a full disk.
  fs::create_symlink("/dev/full", folder.temporaryPath("library"));
  EXPECT_FALSE(folder.write("library", std::string(1 << 20, 'x'), diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::BadInput));
  EXPECT_THAT(diagnostics.str(), HasSubstr(temporary.file("out/library")));
  EXPECT_THAT(diagnostics.str(), HasSubstr("No space left on device"));
  EXPECT_THAT(diagnostics.str(), HasSubstr("free some space"));
}

} // namespace
