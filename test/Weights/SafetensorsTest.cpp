//===- SafetensorsTest.cpp - Reads safetensors files ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/Safetensors.h"
#include "test/Support/TemporaryFolder.h"
#include "test/Weights/SafetensorsBytes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mobileone;
using testing::ElementsAre;

/// What is reported for a file of these bytes.
static std::string errorsOf(const std::string &bytes) {
  DiagnosticList diagnostics;
  auto entries = parseSafetensors(bytes, "w", diagnostics);
  EXPECT_NE(entries.has_value(), diagnostics.hasErrors());
  if (diagnostics.hasErrors()) {
    EXPECT_EQ(diagnostics.exitCode(), 3);
  }
  return diagnostics.str();
}

/// The same for a header with `bytes` bytes of data after it.
static std::string errorsOfHeader(const std::string &header, size_t bytes = 0) {
  return errorsOf(safetensorsOf(header, std::string(bytes, '\0')));
}

/// The same for a tensor "t" with these values and 8 bytes of data.
static std::string errorsOfTensor(const std::string &tensor) {
  return errorsOfHeader("{\"t\": " + tensor + "}", 8);
}

TEST(Safetensors, FindsTensors) {
  std::string header =
      R"({"__metadata__": {"format": "pt"},
          "b": {"dtype": "F16", "shape": [1, 2], "data_offsets": [4, 8]},
          "a": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]},
          "e": {"dtype": "F64", "shape": [3, 0], "data_offsets": [4, 4]}}  )";
  std::string bytes = safetensorsOf(header, std::string(8, '\0'));
  DiagnosticList diagnostics;
  auto entries = parseSafetensors(bytes, "w", diagnostics);
  ASSERT_TRUE(entries) << diagnostics.str();
  ASSERT_EQ(entries->size(), 3u);
  EXPECT_EQ((*entries)[0].name, "a");
  EXPECT_TRUE((*entries)[0].shape.empty());
  EXPECT_EQ((*entries)[1].name, "e");
  EXPECT_THAT((*entries)[1].shape, ElementsAre(3, 0));
  EXPECT_EQ((*entries)[2].name, "b");
  EXPECT_EQ((*entries)[2].type, WeightType::F16);
  EXPECT_EQ((*entries)[2].begin, 8 + header.size() + 4);
  EXPECT_EQ((*entries)[2].end, bytes.size());
}

TEST(Safetensors, AFileMayBeEmpty) {
  EXPECT_EQ(errorsOfHeader("{}"), "");
  EXPECT_EQ(errorsOfHeader(R"({"__metadata__": {}})"), "");
}

TEST(Safetensors, ReadsMappedValues) {
  TemporaryFolder folder;
  WeightStore store;
  store.add("x", {2}, {0.5, -1});
  DiagnosticList diagnostics;
  auto read = readSafetensors(
      folder.write("w.safetensors", safetensorsOf(store)), diagnostics);
  ASSERT_TRUE(read) << diagnostics.str();
  EXPECT_THAT(read->read("x"), ElementsAre(0.5, -1));
}

TEST(Safetensors, NeedsAFile) {
  DiagnosticList diagnostics;
  EXPECT_FALSE(readSafetensors("/no/file", diagnostics));
  EXPECT_EQ(diagnostics.str(), "error: /no/file: cannot open the file: No such "
                               "file or directory\n");
}

TEST(Safetensors, NeedsAWholeHeader) {
  EXPECT_EQ(errorsOf(""), "error: w: the file has 0 bytes, too few for a "
                          "safetensors file\n");
  EXPECT_EQ(errorsOf("1234567"), "error: w: the file has 7 bytes, too few for "
                                 "a safetensors file\n");
  EXPECT_EQ(errorsOf(std::string("\x0a\0\0\0\0\0\0\0{}", 10)),
            "error: w: the file is cut short: its header has 10 bytes, of "
            "which 2 are there\n");
}

TEST(Safetensors, LimitsTheHeadersLength) {
  EXPECT_EQ(errorsOf(std::string(8, '\xff') + "{}"),
            "error: w: not a safetensors file: its header would have "
            "18446744073709551615 bytes; at most 16777216 are possible\n");
  EXPECT_EQ(errorsOf(std::string("\x01\0\0\x01\0\0\0\0{}", 10)),
            "error: w: not a safetensors file: its header would have 16777217 "
            "bytes; at most 16777216 are possible\n");
}

TEST(Safetensors, TheHeaderIsAnObjectInBraces) {
  const char *expected = "error: w: not a safetensors file: its header does "
                         "not start with '{' and end with '}'\n";
  EXPECT_EQ(errorsOfHeader(""), expected);
  EXPECT_EQ(errorsOfHeader("   "), expected);
  EXPECT_EQ(errorsOfHeader(" {}"), expected);
  EXPECT_EQ(errorsOfHeader("[]"), expected);
  EXPECT_EQ(errorsOfHeader("{}\n"), expected);
  EXPECT_EQ(errorsOfHeader(std::string("{}\0", 3)), expected);
}

TEST(Safetensors, TheHeaderIsJson) {
  EXPECT_EQ(errorsOfHeader("{\"a\" 1}"),
            "error: w:1:6: not valid JSON: unexpected number literal; expected "
            "':'\n");
  EXPECT_EQ(errorsOfHeader(R"({"a": [[[[1]]]]})"),
            "error: w: a[0][0][0]: nested more than 4 levels deep\n");
  EXPECT_EQ(errorsOfHeader("{\"\xff\": 1}").find("error: w:1:3: not valid"),
            0u);
}

TEST(Safetensors, NamesAreUnique) {
  std::string tensor = R"({"dtype": "F32", "shape": [0],
                           "data_offsets": [0, 0]})";
  EXPECT_EQ(errorsOfHeader("{\"a\": " + tensor + ", \"a\": " + tensor + "}"),
            "error: w: a: the key stands twice in its object\n");
}

TEST(Safetensors, MetadataIsText) {
  const char *expected =
      "error: w: __metadata__: must map strings to strings\n";
  EXPECT_EQ(errorsOfHeader(R"({"__metadata__": {"a": 1}})"), expected);
  EXPECT_EQ(errorsOfHeader(R"({"__metadata__": "a"})"), expected);
}

TEST(Safetensors, ATensorHasThreeKeys) {
  EXPECT_EQ(errorsOfTensor("3"),
            "error: w: t: must be an object, not number\n");
  EXPECT_EQ(errorsOfTensor(R"({"dtype": "F64"})"),
            "error: w: t: the key 'shape' is missing\n"
            "error: w: t: the key 'data_offsets' is missing\n");
  EXPECT_EQ(errorsOfTensor(R"({"dtype": "F64", "shape": [1],
                               "data_offsets": [0, 8], "x": 1})"),
            "error: w: t: has keys besides dtype, shape and data_offsets\n");
}

TEST(Safetensors, TypesAreKnown) {
  EXPECT_EQ(errorsOfTensor(R"({"dtype": "F8_E4M3", "shape": [8],
                               "data_offsets": [0, 8]})"),
            "error: w: t: the type F8_E4M3 is not supported; F16, BF16, F32, "
            "F64 and plain integers are\n");
  EXPECT_EQ(errorsOfTensor(R"({"dtype": 5, "shape": [8],
                               "data_offsets": [0, 8]})"),
            "error: w: t: the type 5 is not supported; F16, BF16, F32, F64 and "
            "plain integers are\n");
}

TEST(Safetensors, ShapesAreSane) {
  auto errorsOfShape = [](const char *shape) {
    return errorsOfTensor(std::string(R"({"dtype": "F64", "shape": )") + shape +
                          R"(, "data_offsets": [0, 8]})");
  };
  EXPECT_EQ(errorsOfShape("[1]"), "");
  EXPECT_EQ(errorsOfShape("[1, 1, 1, 1, 1, 1, 1, 1]"), "");
  const char *malformed =
      "error: w: t: the shape must be an array of at most 8 sizes\n";
  EXPECT_EQ(errorsOfShape("[1, 1, 1, 1, 1, 1, 1, 1, 1]"), malformed);
  EXPECT_EQ(errorsOfShape("1"), malformed);
  EXPECT_EQ(errorsOfShape("[-1]"), malformed);
  EXPECT_EQ(errorsOfShape("[1.0]"), malformed);
  EXPECT_EQ(errorsOfShape("[\"1\"]"), malformed);
  EXPECT_EQ(errorsOfShape("[18446744073709551615]"), malformed);
  const char *huge = "error: w: t: the shape has too many elements\n";
  EXPECT_EQ(errorsOfShape("[281474976710656, 2]"), huge);
  // 2^64 elements: a plain product would be 0.
  EXPECT_EQ(errorsOfShape("[4294967296, 4294967296]"), huge);
}

TEST(Safetensors, OffsetsLieInTheFile) {
  auto errorsOfOffsets = [](const char *offsets) {
    return errorsOfTensor(
        std::string(R"({"dtype": "F64", "shape": [1], "data_offsets": )") +
        offsets + "}");
  };
  const char *malformed =
      "error: w: t: data_offsets must be a begin and an end after it\n";
  EXPECT_EQ(errorsOfOffsets("[8, 0]"), malformed);
  EXPECT_EQ(errorsOfOffsets("[0]"), malformed);
  EXPECT_EQ(errorsOfOffsets("[0, 8, 8]"), malformed);
  EXPECT_EQ(errorsOfOffsets("[-8, 0]"), malformed);
  EXPECT_EQ(errorsOfOffsets("\"0-8\""), malformed);
  EXPECT_EQ(errorsOfOffsets("[8, 16]"),
            "error: w: t: its bytes end at 16, but the file has 8: it is cut "
            "short or damaged\n");
  EXPECT_EQ(errorsOfOffsets("[18446744073709551608, 18446744073709551615]"),
            "error: w: t: its bytes end at 18446744073709551615, but the file "
            "has 8: it is cut short or damaged\n");
}

TEST(Safetensors, BytesAreAsManyAsTypeAndShapeSay) {
  EXPECT_EQ(errorsOfTensor(R"({"dtype": "F32", "shape": [1],
                               "data_offsets": [0, 8]})"),
            "error: w: t: has 8 bytes where type and shape need 4\n");
}

TEST(Safetensors, TensorsCoverTheBytes) {
  auto errorsOfPair = [](const char *a, const char *b, size_t bytes) {
    std::string tensor = R"({"dtype": "U8", "shape": [2], "data_offsets": )";
    return errorsOfHeader(
        "{\"a\": " + tensor + a + "}, \"b\": " + tensor + b + "}}", bytes);
  };
  EXPECT_EQ(errorsOfPair("[2, 4]", "[0, 2]", 4), "");
  EXPECT_EQ(errorsOfPair("[0, 2]", "[3, 5]", 5),
            "error: w: b: 1 bytes before it belong to no tensor\n");
  EXPECT_EQ(errorsOfPair("[0, 2]", "[1, 3]", 3),
            "error: w: b: shares bytes with the tensor before it\n");
  EXPECT_EQ(errorsOfPair("[0, 2]", "[0, 2]", 2),
            "error: w: b: shares bytes with the tensor before it\n");
  EXPECT_EQ(errorsOfPair("[1, 3]", "[3, 5]", 5),
            "error: w: a: 1 bytes before it belong to no tensor\n");
  EXPECT_EQ(errorsOfPair("[0, 2]", "[2, 4]", 7),
            "error: w: 3 bytes at the end belong to no tensor\n");
}

TEST(Safetensors, LimitsNames) {
  std::string tensor =
      R"(": {"dtype": "U8", "shape": [0], "data_offsets": [0, 0]}})";
  std::string longName(513, 'n');
  EXPECT_EQ(errorsOfHeader("{\"" + tensor),
            "error: w: : a name must have from 1 to 512 bytes\n");
  EXPECT_EQ(errorsOfHeader("{\"" + longName + tensor),
            "error: w: " + std::string(512, 'n') +
                "...: a name must have from 1 to 512 bytes\n");
  EXPECT_EQ(errorsOfHeader("{\"" + longName.substr(1) + tensor), "");
}

TEST(Safetensors, EscapesNames) {
  EXPECT_EQ(errorsOfHeader(R"({"a\u001b[2J": 1})"),
            "error: w: a\\u{1b}[2J: must be an object, not number\n");
}

TEST(Safetensors, LimitsTheNumberOfTensors) {
  auto headerOf = [](int count) {
    std::string header = "{";
    for (int i = 0; i < count; ++i)
      header += (i ? ", \"" : "\"") + std::to_string(i) +
                R"(": {"dtype": "U8", "shape": [0], "data_offsets": [0, 0]})";
    return header + "}";
  };
  EXPECT_EQ(errorsOfHeader(headerOf(10000)), "");
  EXPECT_EQ(errorsOfHeader(headerOf(10001)),
            "error: w: the file has 10001 tensors; at most 10000 are "
            "possible\n");
  EXPECT_EQ(errorsOfHeader(headerOf(50000)).find("error: w: "), 0u);
}

TEST(Safetensors, ReportsAllErrors) {
  EXPECT_EQ(errorsOfHeader(R"({"a": 1, "b": {}, "__metadata__": []})"),
            "error: w: __metadata__: must map strings to strings\n"
            "error: w: a: must be an object, not number\n"
            "error: w: b: the key 'dtype' is missing\n"
            "error: w: b: the key 'shape' is missing\n"
            "error: w: b: the key 'data_offsets' is missing\n");
}
