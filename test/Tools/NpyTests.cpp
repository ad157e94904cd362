//===- NpyTests.cpp - Tests of the .npy reader and writer -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Npy.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace mobileone;
using testing::HasSubstr;

namespace {

class NpyTest : public testing::Test {
protected:
  NpyTest()
      : folder(testing::TempDir() + "npy-" + std::to_string(getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name()),
        path(folder + "/x.npy") {
    std::filesystem::create_directories(folder);
  }
  ~NpyTest() override { std::filesystem::remove_all(folder); }

  void write(const std::string &bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
  }

  /// A file with `dictionary` as its header.
  static std::string file(const std::string &dictionary,
                          const std::string &data, char version = 1) {
    std::string bytes("\x93NUMPY");
    bytes += version;
    bytes += '\0';
    size_t lengthBytes = version == 1 ? 2 : 4;
    for (size_t i = 0; i < lengthBytes; ++i)
      bytes += char(dictionary.size() >> 8 * i);
    return bytes + dictionary + data;
  }

  /// What reading `bytes` reports.
  std::string errorOf(const std::string &bytes) {
    write(bytes);
    DiagnosticList diagnostics;
    EXPECT_FALSE(readNpy(path, diagnostics));
    EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::BadInput));
    return diagnostics.str();
  }

  NpyArray read(const std::string &bytes) {
    write(bytes);
    DiagnosticList diagnostics;
    std::optional<NpyArray> array = readNpy(path, diagnostics);
    EXPECT_TRUE(array) << diagnostics.str();
    return array.value_or(NpyArray());
  }

  std::string folder, path;
};

constexpr char kTwoBytes[] =
    "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }\n";

TEST_F(NpyTest, ReadsWhatItWrote) {
  NpyArray array;
  array.kind = 'f';
  array.itemBytes = 4;
  array.shape = {1, 2, 3};
  for (int i = 0; i < 24; ++i)
    array.data.push_back(uint8_t(i));
  DiagnosticList diagnostics;
  ASSERT_TRUE(writeNpy(path, array, diagnostics)) << diagnostics.str();
  std::optional<NpyArray> again = readNpy(path, diagnostics);
  ASSERT_TRUE(again) << diagnostics.str();
  EXPECT_EQ(again->typeName(), "float32");
  EXPECT_EQ(again->shape, array.shape);
  EXPECT_EQ(again->data, array.data);
  EXPECT_EQ((std::filesystem::file_size(path) - 24) % 64, 0u);
}

TEST_F(NpyTest, ReadsEveryVersionAndSpelling) {
  for (char version : {1, 2, 3})
    EXPECT_EQ(read(file(kTwoBytes, "ab", version)).data,
              (std::vector<uint8_t>{'a', 'b'}));
  NpyArray array =
      read(file("{\"shape\":(2L,),\"descr\":\"|b1\",\"fortran_order\":False}",
                "\1\0" + std::string(1, '\0')));
  EXPECT_EQ(array.typeName(), "bool");
  array = read(file("{'descr': '<f8', 'fortran_order': False, 'shape': ()}",
                    std::string(8, '\0')));
  EXPECT_TRUE(array.shape.empty());
  array = read(
      file("{'descr': '<i2', 'fortran_order': False, 'shape': (0, 3)}", ""));
  EXPECT_EQ(array.shape, (std::vector<int64_t>{0, 3}));
}

TEST_F(NpyTest, BringsBytesAndOrderToOurs) {
  NpyArray array =
      read(file("{'descr': '>u2', 'fortran_order': False, 'shape': (2,)}",
                std::string("\1\2\3\4")));
  EXPECT_EQ(array.data, (std::vector<uint8_t>{2, 1, 4, 3}));
  array = read(file("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)}",
                    "adbecf"));
  EXPECT_EQ(std::string(array.data.begin(), array.data.end()), "abcdef");
  array = read(file("{'descr': '>c8', 'fortran_order': False, 'shape': (1,)}",
                    "abcdefgh"));
  EXPECT_EQ(std::string(array.data.begin(), array.data.end()), "dcbahgfe");
}

TEST_F(NpyTest, RefusesWhatIsNoNpyFile) {
  EXPECT_THAT(errorOf(""), HasSubstr("is not a .npy file"));
  EXPECT_THAT(errorOf("PK\3\4 zip archives are .npz"),
              HasSubstr("hint: write the file with numpy.save"));
  EXPECT_THAT(errorOf(file(kTwoBytes, "ab", 9)),
              HasSubstr("has version 9.0 of the .npy format"));
  DiagnosticList diagnostics;
  EXPECT_FALSE(readNpy(folder + "/none.npy", diagnostics));
  EXPECT_FALSE(readNpy(folder, diagnostics));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("none.npy: cannot be opened: No such file"));
  EXPECT_THAT(diagnostics.str(), HasSubstr("is not a regular file"));
}

TEST_F(NpyTest, RefusesFilesThatLie) {
  std::string good = file(kTwoBytes, "ab");
  for (size_t length = 0; length < good.size(); ++length)
    errorOf(good.substr(0, length));
  EXPECT_THAT(errorOf(good.substr(0, 9)), HasSubstr("ends within its header"));
  EXPECT_THAT(errorOf(good.substr(0, 20)), HasSubstr("ends within its header"));
  EXPECT_THAT(errorOf(file(kTwoBytes, "a")),
              HasSubstr("holds 1 bytes of elements where shape (2,) of uint8 "
                        "needs 2"));
  EXPECT_THAT(errorOf(file(kTwoBytes, "abc")), HasSubstr("holds 3 bytes"));
  EXPECT_THAT(errorOf(file(std::string(20000, ' '), "")),
              HasSubstr("has a header of 20000 bytes; at most 10000"));
}

struct BadHeader {
  const char *dictionary, *message;
};

TEST_F(NpyTest, RefusesMalformedHeaders) {
  const BadHeader headers[] = {
      {"", "no dictionary"},
      {"{", "no quoted string"},
      {"{'descr", "a string does not end"},
      {"{'descr' '<f4'}", "no ':' after 'descr'"},
      {"{'descr': '<f4'", "no ',' or '}'"},
      {"{'descr': '<f4', 'descr': '<f4'}", "key 'descr' twice"},
      {"{'colour': 'red'}", "unknown key 'colour'"},
      {"{'descr': '<f4', 'fortran_order': False}", "no key 'shape'"},
      {"{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "neither True"},
      {"{'descr': '<f4', 'shape': 3}", "'shape' is not a tuple"},
      {"{'descr': '<f4', 'shape': (3)}", "'shape' is not a tuple"},
      {"{'descr': '<f4', 'shape': (-3,)}", "whole numbers from 0"},
      {"{'descr': '<f4', 'shape': (99999999999999999999,)}", "too large"},
      {"{'descr': '<f4', 'fortran_order': False, "
       "'shape': (4294967296, 4294967296)}",
       "more bytes than 64 bits can count"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x",
       "text after the dictionary"},
      {"{'descr': '<f3'}", "'<f3' is not a type of numbers"},
      {"{'descr': '<f44444444444444444444'}", "is not a type of numbers"},
      {"{'descr': 'f'}", "'f' is not a type of numbers"},
      {"{'descr': '<U8'}", "'<U8' is not a type of numbers"},
      {"{'descr': '|O'}", "object arrays are not read"},
      {"{'descr': [('a', '<f4')]}", "structured arrays are not read"},
  };
  for (const BadHeader &header : headers)
    EXPECT_THAT(errorOf(file(header.dictionary, "")), HasSubstr(header.message))
        << header.dictionary;
  std::string deep = "{'shape': (";
  for (int i = 0; i < 100; ++i)
    deep += "1, ";
  EXPECT_THAT(errorOf(file(deep + ")}", "")),
              HasSubstr("more than 64 dimensions"));
}

TEST_F(NpyTest, LeavesNothingWhereItCannotWrite) {
  NpyArray array;
  array.shape = {1};
  array.data.resize(4);
  DiagnosticList diagnostics;
  EXPECT_FALSE(writeNpy(folder + "/none/x.npy", array, diagnostics));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("none/x.npy: cannot be written: No such file"));
  // A folder cannot be replaced by a file.
  std::filesystem::create_directories(path + "/in");
  EXPECT_FALSE(writeNpy(path, array, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::BadInput));
  size_t entries = 0;
  for (auto &entry : std::filesystem::directory_iterator(folder))
    entries += entry.exists();
  EXPECT_EQ(entries, 1u);
}

} // namespace
