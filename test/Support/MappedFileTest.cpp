//===- MappedFileTest.cpp - A file's bytes, mapped read-only --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/MappedFile.h"
#include "test/Support/TemporaryFolder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace mobileone;

/// What opening `path` reports.
static std::string errorOf(const std::string &path) {
  DiagnosticList diagnostics;
  EXPECT_EQ(MappedFile::open(path, diagnostics), nullptr);
  EXPECT_EQ(diagnostics.exitCode(), 3);
  return diagnostics.str();
}

TEST(MappedFile, GivesTheBytes) {
  TemporaryFolder folder;
  std::string bytes("a\0b", 3), path = folder.write("f", bytes);
  DiagnosticList diagnostics;
  auto file = MappedFile::open(path, diagnostics);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->size(), 3u);
  EXPECT_EQ(file->text(), bytes);
  std::filesystem::remove(path);
  EXPECT_EQ(file->text(), bytes);
}

TEST(MappedFile, FollowsSymbolicLinks) {
  TemporaryFolder folder;
  std::string path = folder.write("f", "x");
  std::filesystem::create_symlink(path, folder.file("link"));
  DiagnosticList diagnostics;
  auto file = MappedFile::open(folder.file("link"), diagnostics);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->text(), "x");
}

TEST(MappedFile, OpensEmptyFiles) {
  TemporaryFolder folder;
  DiagnosticList diagnostics;
  auto file = MappedFile::open(folder.write("f", ""), diagnostics);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->size(), 0u);
  EXPECT_TRUE(file->text().empty());
}

TEST(MappedFile, SaysWhyAFileCannotBeOpened) {
  EXPECT_EQ(errorOf("/no/such\n/file"),
            "error: /no/such\\n/file: cannot open the file: No such file or "
            "directory\n");
}

TEST(MappedFile, RefusesUnreadableFiles) {
  TemporaryFolder folder;
  std::string path = folder.write("f", "x");
  ASSERT_EQ(::chmod(path.c_str(), 0), 0);
  // The superuser reads everything: be nobody meanwhile.
  uid_t user = ::geteuid();
  if (user == 0)
    ASSERT_EQ(::seteuid(65534), 0);
  EXPECT_EQ(errorOf(path),
            "error: " + path + ": cannot open the file: Permission denied\n");
  if (user == 0)
    ASSERT_EQ(::seteuid(0), 0);
}

TEST(MappedFile, RefusesFolders) {
  TemporaryFolder folder;
  EXPECT_EQ(errorOf(folder.file("")),
            "error: " + folder.file("") + ": is a folder, not a file\n");
}

TEST(MappedFile, RefusesPipesWithoutWaiting) {
  TemporaryFolder folder;
  std::string path = folder.file("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(errorOf(path), "error: " + path + ": is a pipe, not a file\n");
}

TEST(MappedFile, RefusesDevices) {
  EXPECT_EQ(errorOf("/dev/null"),
            "error: /dev/null: is a device, not a file\n");
}
