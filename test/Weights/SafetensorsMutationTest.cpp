//===- SafetensorsMutationTest.cpp - Damaged safetensors files ------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/Checkpoint.h"
#include "compiler/Weights/Safetensors.h"
#include "test/Support/Mutation.h"
#include "test/Support/TemporaryFolder.h"
#include "test/Weights/SafetensorsBytes.h"

#include <gtest/gtest.h>

using namespace mobileone;

/// Whatever the bytes: they are refused with errors, or every tensor lies in
/// the file and has the bytes of its type and shape.
static bool checkParse(const std::string &bytes) {
  // A copy of exact size, so that sanitizers see any byte beyond it read.
  std::unique_ptr<char[]> exact(new char[bytes.size()]);
  std::copy(bytes.begin(), bytes.end(), exact.get());
  DiagnosticList diagnostics;
  auto entries =
      parseSafetensors({exact.get(), bytes.size()}, "w", diagnostics);
  EXPECT_NE(entries.has_value(), diagnostics.hasErrors());
  if (!entries)
    return false;
  for (const SafetensorsEntry &entry : *entries) {
    uint64_t size = weightTypeBytes(entry.type);
    for (int64_t extent : entry.shape)
      size *= extent;
    EXPECT_LE(entry.begin, entry.end);
    EXPECT_LE(entry.end, bytes.size());
    EXPECT_EQ(entry.end - entry.begin, size);
  }
  return true;
}

static Mutator makeMutator(uint64_t seed) {
  return Mutator(seed, {"{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "0",
                        "-1",
                        "1",
                        "4294967296",
                        "18446744073709551615",
                        "1e99",
                        "null",
                        "\"F16\"",
                        "\"F64\"",
                        "\"I4\"",
                        "\"dtype\"",
                        "\"shape\"",
                        "\"data_offsets\"",
                        "\"__metadata__\"",
                        "\\u0000",
                        "\xff",
                        " ",
                        std::string(8, '\xff'),
                        std::string("\0\0", 2)});
}

static std::vector<std::string> smallHeaders() {
  return {R"({"a": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]},)"
          R"( "b": {"dtype": "I64", "shape": [], "data_offsets": [8, 16]}} )",
          R"({"__metadata__": {"format": "pt"}, "x": {"dtype": "BF16", )"
          R"("shape": [4, 0, 2], "data_offsets": [0, 0]}, "y": {"dtype": )"
          R"("U8", "shape": [16], "data_offsets": [0, 16]}})",
          "{}"};
}

TEST(SafetensorsMutation, NoHeaderCrashes) {
  std::vector<std::string> headers = smallHeaders();
  Mutator mutator = makeMutator(1);
  int accepted = 0, count = rounds(20000, 2000000);
  for (int i = 0; i < count; ++i) {
    std::string header = mutator.mutate(headers[mutator.below(headers.size())],
                                        headers[mutator.below(headers.size())]);
    accepted += checkParse(safetensorsOf(header, std::string(16, '\1')));
  }
  EXPECT_GT(accepted, count / 200);
}

TEST(SafetensorsMutation, NoFileCrashes) {
  std::vector<std::string> headers = smallHeaders();
  Mutator mutator = makeMutator(2);
  for (int i = 0, count = rounds(10000, 1000000); i < count; ++i) {
    std::string file = safetensorsOf(headers[mutator.below(headers.size())],
                                     std::string(16, '\1'));
    checkParse(mutator.mutate(file, file));
  }
}

/// Through to the checks against the spec, on a whole checkpoint.
TEST(SafetensorsMutation, NoCheckpointCrashes) {
  DiagnosticList none;
  ModelSpec spec = *parseModelSpec(
      R"({"spec_version": 1, "name": "m", "stem": {"channels": 2}, "stages":
          [{"channels": 2, "blocks": 1, "branches": 2, "se_blocks": 1}],
          "head": {"kind": "classifier", "classes": 2}})",
      "m.json", none);
  std::string file =
      safetensorsOf(randomCheckpoint(spec, CheckpointForm::Train, 1).weights);
  Mutator mutator(3, {"rbr_skip", "rbr_conv", "stage1.0", "reparam_conv", "2",
                      "\"F16\"", "\"F64\"", "[2]", "[]", "stage0."});
  TemporaryFolder folder;
  for (int i = 0, count = rounds(1000, 100000); i < count; ++i) {
    std::string path = folder.write("w", mutator.mutate(file, file));
    DiagnosticList diagnostics;
    ModelSpec copy = spec;
    auto checkpoint = loadCheckpoint(path, copy, diagnostics);
    ASSERT_NE(checkpoint.has_value(), diagnostics.hasErrors());
  }
}
