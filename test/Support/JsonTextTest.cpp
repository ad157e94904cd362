//===- JsonTextTest.cpp - JSON read with care -----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/JsonText.h"

#include <gtest/gtest.h>

using namespace mobileone;

/// What is reported for `text`.
static std::string errorsOf(const std::string &text, JsonLimits limits = {}) {
  DiagnosticList diagnostics;
  auto value = parseJson(text, "f.json", limits, diagnostics);
  EXPECT_NE(value.has_value(), diagnostics.hasErrors());
  for (const Diagnostic &diagnostic : diagnostics.all())
    EXPECT_EQ(diagnostic.kind, ErrorKind::BadInput);
  return diagnostics.str();
}

TEST(JsonText, ReadsJson) {
  DiagnosticList diagnostics;
  auto value = parseJson(R"({"a": [1, -2.5, "x", true, null]})", "f.json",
                         JsonLimits(), diagnostics);
  ASSERT_TRUE(value);
  EXPECT_EQ((*value)["a"][1], -2.5);
  EXPECT_FALSE(diagnostics.hasErrors());
}

TEST(JsonText, LocatesSyntaxErrors) {
  EXPECT_EQ(errorsOf("{\n  \"a\": 1,\n}"),
            "error: f.json:3:1: not valid JSON: unexpected '}'; expected "
            "string literal\n");
  EXPECT_EQ(errorsOf("{\"a\": 01}"),
            "error: f.json:1:8: not valid JSON: unexpected number literal; "
            "expected '}'\n");
  EXPECT_EQ(errorsOf("[1, 2"),
            "error: f.json:1:6: not valid JSON: unexpected end of input; "
            "expected ']'\n");
  EXPECT_EQ(errorsOf("// comment\n1"),
            "error: f.json:1:1: not valid JSON: invalid literal; last read: "
            "'/'\n");
}

TEST(JsonText, RefusesAnEmptyText) {
  EXPECT_EQ(errorsOf(""),
            "error: f.json:1:1: not valid JSON: unexpected end of input; "
            "expected '[', '{', or a literal\n");
}

TEST(JsonText, RefusesInvalidUtf8) {
  std::string errors = errorsOf("{\"\xff\": 1}");
  EXPECT_EQ(errors.find("error: f.json:1:3: not valid JSON: invalid string: "
                        "ill-formed UTF-8 byte"),
            0u)
      << errors;
}

TEST(JsonText, ReportsEveryKeyThatStandsTwice) {
  EXPECT_EQ(errorsOf(R"({"a": {"b": 1, "b": 2}, "c": [0, {"d": 1, "d": 1}],
                         "a": 3})"),
            "error: f.json: a.b: the key stands twice in its object\n"
            "error: f.json: c[1].d: the key stands twice in its object\n"
            "error: f.json: a: the key stands twice in its object\n");
  EXPECT_EQ(errorsOf(R"({"a": {"x": 1}, "b": {"x": 1}})"), "");
}

TEST(JsonText, LimitsDepth) {
  EXPECT_EQ(errorsOf(R"({"a": [1]})", {2, 100}), "");
  EXPECT_EQ(errorsOf(R"({"a": [{}]})", {2, 100}),
            "error: f.json: a[0]: nested more than 2 levels deep\n");
  EXPECT_EQ(errorsOf(std::string(1000000, '['), {8, 100}),
            "error: f.json: [0][0][0][0][0][0][0][0]: nested more than 8 "
            "levels deep\n");
}

TEST(JsonText, LimitsTheNumberOfValues) {
  EXPECT_EQ(errorsOf("[1, 2, 3]", {8, 4}), "");
  EXPECT_EQ(errorsOf("[1, 2, 3, 4]", {8, 4}),
            "error: f.json: [3]: there are more than 4 values\n");
}

TEST(JsonText, RefusesNumbersTooLargeForADouble) {
  EXPECT_EQ(errorsOf(R"({"a": 1e999})"),
            "error: f.json: a: a number is too large to be read\n");
}

TEST(JsonText, NamesTypes) {
  EXPECT_EQ(jsonTypeName(1), "number");
  EXPECT_EQ(jsonTypeName("x"), "string");
  EXPECT_EQ(jsonTypeName(nullptr), "null");
  EXPECT_EQ(jsonTypeName(true), "boolean");
  EXPECT_EQ(jsonTypeName(nlohmann::json::array()), "array");
  EXPECT_EQ(jsonTypeName(nlohmann::json::object()), "object");
}
