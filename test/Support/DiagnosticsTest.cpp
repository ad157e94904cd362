//===- DiagnosticsTest.cpp - Errors as the user sees them -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/Diagnostics.h"

#include <gtest/gtest.h>

using namespace mobileone;

TEST(DiagnosticList, PrintsAParagraphPerError) {
  DiagnosticList diagnostics;
  EXPECT_FALSE(diagnostics.hasErrors());
  EXPECT_EQ(diagnostics.exitCode(), 0);
  diagnostics.error(ErrorKind::BadInput, "model.json: name", "is empty");
  diagnostics.error(ErrorKind::Usage, "", "no target", "give --target");
  EXPECT_TRUE(diagnostics.hasErrors());
  EXPECT_EQ(diagnostics.all().size(), 2u);
  EXPECT_EQ(diagnostics.str(), "error: model.json: name: is empty\n"
                               "error: no target\n"
                               "  hint: give --target\n");
}

TEST(DiagnosticList, ExitsWithTheFirstErrorsKind) {
  DiagnosticList diagnostics;
  diagnostics.error(ErrorKind::WeightsMismatch, "a", "b");
  diagnostics.error(ErrorKind::BadInput, "c", "d");
  EXPECT_EQ(diagnostics.exitCode(), 4);
}

TEST(EscapeForDisplay, KeepsReadableText) {
  EXPECT_EQ(escapeForDisplay("stage1.0 'x'"), "stage1.0 'x'");
  EXPECT_EQ(escapeForDisplay("Größe ≤ 😀"), "Größe ≤ 😀");
  EXPECT_EQ(escapeForDisplay(""), "");
}

TEST(EscapeForDisplay, EscapesWhatTerminalsObey) {
  EXPECT_EQ(escapeForDisplay("a\nb\tc\\d"), "a\\nb\\tc\\\\d");
  EXPECT_EQ(escapeForDisplay("\x1b[31m\x7f"), "\\u{1b}[31m\\u{7f}");
  EXPECT_EQ(escapeForDisplay(std::string("\0", 1)), "\\u{0}");
  EXPECT_EQ(escapeForDisplay("\xc2\x9b"), "\\u{9b}");       // CSI
  EXPECT_EQ(escapeForDisplay("\xe2\x80\xae"), "\\u{202e}"); // Override.
  EXPECT_EQ(escapeForDisplay("\xef\xbb\xbf"), "\\u{feff}"); // BOM.
}

TEST(EscapeForDisplay, EscapesInvalidUtf8) {
  EXPECT_EQ(escapeForDisplay("\xff"), "\\xff");
  EXPECT_EQ(escapeForDisplay("\x80"), "\\x80");
  EXPECT_EQ(escapeForDisplay("\xc3"), "\\xc3");          // Cut short.
  EXPECT_EQ(escapeForDisplay("\xc0\xaf"), "\\xc0\\xaf"); // Overlong.
  EXPECT_EQ(escapeForDisplay("\xe0\x80\xaf"), "\\xe0\\x80\\xaf");
  EXPECT_EQ(escapeForDisplay("\xed\xa0\x80"), "\\xed\\xa0\\x80"); // Surrogate.
  EXPECT_EQ(escapeForDisplay("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
  EXPECT_EQ(escapeForDisplay("\xf0\x8f\xbf\xbf"), "\\xf0\\x8f\\xbf\\xbf");
  EXPECT_EQ(escapeForDisplay("\xf5\x80\x80\x80"), "\\xf5\\x80\\x80\\x80");
}

TEST(EscapeForDisplay, CutsLongText) {
  std::string shown = escapeForDisplay(std::string(5000, 'x'));
  EXPECT_EQ(shown, std::string(512, 'x') + "...");
}

TEST(ClosestMatch, FindsMisspellings) {
  std::vector<std::string> keys = {"channels", "blocks", "branches", "stride"};
  EXPECT_EQ(closestMatch("chanels", keys), "channels");
  EXPECT_EQ(closestMatch("Blocks", keys), "blocks");
  EXPECT_EQ(closestMatch("brnaches", keys), "branches");
  EXPECT_EQ(closestMatch("strides", keys), "stride");
}

TEST(ClosestMatch, FindsNothingFarAway) {
  std::vector<std::string> keys = {"channels", "blocks"};
  EXPECT_EQ(closestMatch("epsilon", keys), "");
  EXPECT_EQ(closestMatch("", keys), "");
  EXPECT_EQ(closestMatch("blocks", {}), "");
  EXPECT_EQ(closestMatch(std::string(100000, 'b'), keys), "");
}

TEST(ClosestMatch, AllowsATypoInShortWords) {
  EXPECT_EQ(closestMatch("f16", {"f32", "u8"}), "");
  EXPECT_EQ(closestMatch("i8", {"f32", "u8"}), "u8");
}
