//===- ObjectReaderTest.cpp - Reads one JSON object -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/ObjectReader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mobileone;
using nlohmann::json;
using testing::ElementsAre;

namespace {

/// Reads an object at "here" of "f.json".
class ObjectReaderTest : public testing::Test {
protected:
  ObjectReader reader(const char *text) {
    value = json::parse(text);
    return ObjectReader(value, "here", fileName, diagnostics);
  }

  std::string fileName = "f.json";
  DiagnosticList diagnostics;
  json value;
};

} // namespace

TEST_F(ObjectReaderTest, GivesValues) {
  ObjectReader object = reader(R"({"i": 3, "n": 2.5, "s": "x", "c": "b",
    "is": [1, 2], "ns": [1, 2.5], "ss": ["a", "b"], "o": {"i": 4},
    "os": [{"i": 5}]})");
  EXPECT_EQ(object.integer("i", {0, 3}), 3);
  EXPECT_EQ(object.number("n", {0, 3}), 2.5);
  EXPECT_EQ(object.number("i", {0, 3}), 3.0);
  EXPECT_EQ(object.string("s"), "x");
  EXPECT_EQ(object.choice("c", {"a", "b"}), 1u);
  EXPECT_THAT(*object.integers("is", {0, 3}), ElementsAre(1, 2));
  EXPECT_THAT(*object.numbers("ns", {0, 3}), ElementsAre(1, 2.5));
  EXPECT_THAT(*object.strings("ss"), ElementsAre("a", "b"));
  EXPECT_EQ(object.child("o").integer("i", {0, 9}), 4);
  EXPECT_EQ(object.child("os", 0).integer("i", {0, 9}), 5);
  object.reportUnknownKeys();
  EXPECT_EQ(diagnostics.str(), "");
}

TEST_F(ObjectReaderTest, AbsentKeysAreNoErrors) {
  ObjectReader object = reader("{}");
  EXPECT_FALSE(object.integer("i", {0, 3}));
  EXPECT_FALSE(object.number("n", {0, 3}));
  EXPECT_FALSE(object.string("s"));
  EXPECT_FALSE(object.choice("c", {"a"}));
  EXPECT_FALSE(object.integers("is", {0, 3}));
  EXPECT_FALSE(object.array("a", {0, 3}));
  EXPECT_FALSE(object.find("f"));
  EXPECT_FALSE(object.has("f"));
  EXPECT_EQ(diagnostics.str(), "");
}

TEST_F(ObjectReaderTest, ReportsMissingKeys) {
  ObjectReader object = reader(R"({"a": 1})");
  object.require({"a", "b", "c"});
  EXPECT_EQ(diagnostics.str(), "error: f.json: here: the key 'b' is missing\n"
                               "error: f.json: here: the key 'c' is missing\n");
}

TEST_F(ObjectReaderTest, ReportsWrongTypes) {
  ObjectReader object = reader(R"({"i": 3.0, "n": "1", "s": 1, "c": null,
    "is": {}, "ns": [true], "ss": ["a", 2], "a": "x"})");
  EXPECT_FALSE(object.integer("i", {0, 3}));
  EXPECT_FALSE(object.number("n", {0, 3}));
  EXPECT_FALSE(object.string("s"));
  EXPECT_FALSE(object.choice("c", {"a"}));
  EXPECT_FALSE(object.integers("is", {0, 3}));
  EXPECT_FALSE(object.numbers("ns", {0, 3}));
  EXPECT_FALSE(object.strings("ss"));
  EXPECT_FALSE(object.array("a", {0, 3}));
  EXPECT_EQ(diagnostics.str(),
            "error: f.json: here.i: must be an integer, not number\n"
            "error: f.json: here.n: must be a number, not string\n"
            "error: f.json: here.s: must be a string, not number\n"
            "error: f.json: here.c: must be a string, not null\n"
            "error: f.json: here.is: must be an array, not object\n"
            "error: f.json: here.ns[0]: must be a number, not boolean\n"
            "error: f.json: here.ss[1]: must be a string, not number\n"
            "error: f.json: here.a: must be an array, not string\n");
}

TEST_F(ObjectReaderTest, ReportsAnythingButAnObject) {
  ObjectReader object = reader("[1]");
  EXPECT_FALSE(object.isObject());
  EXPECT_FALSE(object.has("a"));
  object.require({"a"});
  object.reportUnknownKeys();
  EXPECT_EQ(diagnostics.str(),
            "error: f.json: here: must be an object, not array\n");
}

TEST_F(ObjectReaderTest, ReportsNumbersOutOfRange) {
  ObjectReader object = reader(R"({"a": 0, "b": 10, "c": 18446744073709551615,
    "d": -1, "n": 1e300, "is": [1, 99], "arr": [1, 2, 3]})");
  for (const char *key : {"a", "b", "c", "d"})
    EXPECT_FALSE(object.integer(key, {1, 9})) << key;
  EXPECT_FALSE(object.number("n", {0.5, 9}));
  EXPECT_FALSE(object.integers("is", {1, 9}));
  EXPECT_FALSE(object.array("arr", {1, 2}));
  EXPECT_EQ(diagnostics.str(),
            "error: f.json: here.a: must be from 1 to 9, not 0\n"
            "error: f.json: here.b: must be from 1 to 9, not 10\n"
            "error: f.json: here.c: must be from 1 to 9, not "
            "18446744073709551615\n"
            "error: f.json: here.d: must be from 1 to 9, not -1\n"
            "error: f.json: here.n: must be from 0.5 to 9, not 1e+300\n"
            "error: f.json: here.is[1]: must be from 1 to 9, not 99\n"
            "error: f.json: here.arr: must have from 1 to 2 elements, not 3\n");
}

TEST_F(ObjectReaderTest, SuggestsChoices) {
  ObjectReader object = reader(R"({"a": "nchv", "b": "x\u001b"})");
  EXPECT_FALSE(object.choice("a", {"nchw", "nhwc"}));
  EXPECT_FALSE(object.choice("b", {"nchw", "nhwc"}));
  EXPECT_EQ(diagnostics.str(),
            "error: f.json: here.a: must be one of \"nchw\", \"nhwc\", not "
            "\"nchv\"\n  hint: did you mean \"nchw\"?\n"
            "error: f.json: here.b: must be one of \"nchw\", \"nhwc\", not "
            "\"x\\u{1b}\"\n");
}

TEST_F(ObjectReaderTest, ReportsUnknownKeysWithASuggestion) {
  ObjectReader object = reader(R"({"chanels": 1, "zzz": 2, "\n": 3})");
  object.integer("channels", {0, 1});
  object.integer("blocks", {0, 1});
  object.reportUnknownKeys();
  EXPECT_EQ(diagnostics.str(), "error: f.json: here.\\n: unknown key\n"
                               "  hint: known here: channels, blocks\n"
                               "error: f.json: here.chanels: unknown key\n"
                               "  hint: did you mean \"channels\"?\n"
                               "error: f.json: here.zzz: unknown key\n"
                               "  hint: known here: channels, blocks\n");
}
