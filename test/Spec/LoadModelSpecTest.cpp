//===- LoadModelSpecTest.cpp - A spec by file name or built-in name -------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/Spec/SpecText.h"
#include "test/Support/TemporaryFolder.h"

#include <gtest/gtest.h>

using namespace mobileone;

static std::string errorsOf(const std::string &path) {
  DiagnosticList diagnostics;
  EXPECT_FALSE(loadModelSpec(path, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), 3);
  return diagnostics.str();
}

TEST(LoadModelSpec, KnowsTheBuiltins) {
  DiagnosticList diagnostics;
  for (const std::string &name : builtinSpecNames()) {
    auto spec = loadModelSpec(name, diagnostics);
    ASSERT_TRUE(spec);
    EXPECT_EQ(spec->name, name);
  }
}

TEST(LoadModelSpec, ReadsAFile) {
  TemporaryFolder folder;
  DiagnosticList diagnostics;
  auto spec = loadModelSpec(folder.write("a.json", specText()), diagnostics);
  ASSERT_TRUE(spec) << diagnostics.str();
  EXPECT_EQ(spec->name, "m");
}

TEST(LoadModelSpec, TakesAnotherBatch) {
  TemporaryFolder folder;
  DiagnosticList diagnostics;
  for (const std::string &path :
       {std::string("mobileone_s0"), folder.write("a.json", specText())}) {
    auto spec = loadModelSpec(path, diagnostics, 64);
    ASSERT_TRUE(spec) << diagnostics.str();
    EXPECT_EQ(spec->input.batch, 64);
  }
  // The stem of S4 has the largest maps.
  EXPECT_FALSE(loadModelSpec("mobileone_s4", diagnostics, 512));
  EXPECT_EQ(diagnostics.all().front().where, "mobileone_s4: stem");
  EXPECT_EQ(diagnostics.all().front().message,
            "512 maps of 64 x 112 x 112 have 411041792 elements; at most "
            "268435456 are possible");
}

TEST(LoadModelSpec, NamesTheFileInErrors) {
  TemporaryFolder folder;
  std::string path = folder.write("a.json", "{");
  EXPECT_EQ(errorsOf(path).find("error: " + path + ":1:2: not valid JSON"), 0u)
      << errorsOf(path);
}

TEST(LoadModelSpec, SuggestsABuiltinForAMissingFile) {
  EXPECT_EQ(errorsOf("mobilone_s1"),
            "error: mobilone_s1: cannot open the file: No such file or "
            "directory\n  hint: did you mean the built-in mobileone_s1?\n");
  EXPECT_EQ(errorsOf("resnet50"),
            "error: resnet50: cannot open the file: No such file or "
            "directory\n  hint: built-in networks: mobileone_s0, "
            "mobileone_s1, mobileone_s2, mobileone_s3, mobileone_s4\n");
  EXPECT_EQ(errorsOf("./nothing.json"),
            "error: ./nothing.json: cannot open the file: No such file or "
            "directory\n");
}

TEST(LoadModelSpec, RefusesFolders) {
  TemporaryFolder folder;
  EXPECT_EQ(errorsOf(folder.file("")),
            "error: " + folder.file("") + ": is a folder, not a file\n");
}

TEST(LoadModelSpec, RefusesHugeFiles) {
  TemporaryFolder folder;
  std::string path = folder.write("a.json", std::string((1 << 20) + 1, ' '));
  EXPECT_EQ(errorsOf(path), "error: " + path +
                                ": the file has 1048577 bytes; a spec has at "
                                "most 1048576\n  hint: give the weights with "
                                "--weights\n");
}
