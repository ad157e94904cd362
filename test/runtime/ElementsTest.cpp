//===- ElementsTest.cpp - What a step leaves in memory --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/tools/measure/Elements.h"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

using namespace mobileone::measure;

namespace {

template <typename T> Elements elementsOf(std::vector<T> values) {
  Elements elements = {8 * sizeof(T), {}};
  elements.bytes.resize(values.size() * sizeof(T));
  std::memcpy(elements.bytes.data(), values.data(), elements.bytes.size());
  return elements;
}

TEST(ElementsTest, ReadsHalves) {
  Elements halves = elementsOf<uint16_t>(
      {0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x7c00, 0x7e00});
  ASSERT_EQ(halves.size(), 7u);
  EXPECT_EQ(halves[0], 1);
  EXPECT_EQ(halves[1], -2);
  EXPECT_EQ(halves[2], 65504);
  EXPECT_EQ(halves[3], std::ldexp(1.0f, -24));
  EXPECT_TRUE(halves[4] == 0 && std::signbit(halves[4]));
  EXPECT_TRUE(std::isinf(halves[5]));
  EXPECT_TRUE(std::isnan(halves[6]));
}

TEST(ElementsTest, CopiesWhatABufferCovers) {
  std::vector<uint16_t> memory = {1, 2, 9, 3, 4, 9, 5, 6, 9};
  mobileone_dimension dimensions[] = {{0, 2, 1, 0}, {0, 2, 3, 0}, {0, 1, 6, 0}};
  mobileone_buffer buffer = {};
  buffer.host = reinterpret_cast<uint8_t *>(memory.data());
  buffer.type = {2, 16, 1};
  buffer.dim = dimensions;
  EXPECT_EQ(readElements(buffer).bytes,
            elementsOf<uint16_t>({1, 2, 3, 4}).bytes);
  writeElements(elementsOf<uint16_t>({5, 6, 7, 8}), buffer);
  EXPECT_EQ(memory, (std::vector<uint16_t>{5, 6, 9, 7, 8, 9, 5, 6, 9}));
}

TEST(ElementsTest, AllowsWhatRoundingMakes) {
  EXPECT_TRUE(
      areClose(elementsOf<float>({1.001f, 0}), elementsOf<float>({1, 1e-4f})));
  EXPECT_FALSE(
      areClose(elementsOf<float>({1, 0}), elementsOf<float>({1, 0.01f})));
  EXPECT_FALSE(areClose(elementsOf<float>({NAN}), elementsOf<float>({1})));
  EXPECT_FALSE(areClose(elementsOf<float>({1}), elementsOf<float>({1, 1})));
  // 1 and 1.01 as halves, 1 and 1.05.
  EXPECT_TRUE(
      areClose(elementsOf<uint16_t>({0x3c0a}), elementsOf<uint16_t>({0x3c00})));
  EXPECT_FALSE(
      areClose(elementsOf<uint16_t>({0x3c33}), elementsOf<uint16_t>({0x3c00})));
  EXPECT_FALSE(
      areClose(elementsOf<float>({1}), elementsOf<uint16_t>({0x3c00, 0})));
}

} // namespace
