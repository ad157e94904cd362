//===- WeightStoreTest.cpp - Named tensors --------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/WeightStore.h"

#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mobileone;
using testing::ElementsAre;

TEST(WeightStore, HoldsComputedTensors) {
  WeightStore store;
  store.add("b", {2, 2}, {1, 2, 3, 0.1});
  store.add("a", {}, {7});
  EXPECT_THAT(store.names(), ElementsAre("a", "b"));
  EXPECT_TRUE(store.contains("a"));
  EXPECT_FALSE(store.contains("c"));
  EXPECT_EQ(store.find("c"), nullptr);
  EXPECT_EQ(store.find("b")->type, WeightType::F64);
  EXPECT_EQ(store.find("b")->elements(), 4);
  EXPECT_EQ(store.find("a")->elements(), 1);
  EXPECT_THAT(store.read("b"), ElementsAre(1, 2, 3, 0.1));
}

TEST(WeightStore, ReplacesTensors) {
  WeightStore store;
  store.add("a", {1}, {1});
  store.add("a", {0, 3}, {});
  EXPECT_THAT(store.find("a")->shape, ElementsAre(0, 3));
  EXPECT_TRUE(store.read("a").empty());
}

TEST(WeightStore, KeepsTheOwnerAlive) {
  auto bytes = std::make_shared<std::string>(4, '\0');
  std::weak_ptr<std::string> watch = bytes;
  auto store = std::make_unique<WeightStore>();
  store->addView(
      "a",
      {WeightType::F32, {1}, reinterpret_cast<const uint8_t *>(bytes->data())},
      bytes);
  bytes.reset();
  EXPECT_FALSE(watch.expired());
  EXPECT_THAT(store->read("a"), ElementsAre(0));
  store.reset();
  EXPECT_TRUE(watch.expired());
}

/// Reads two elements of `type`, starting at an odd address.
template <typename Stored>
static std::vector<double> readUnaligned(WeightType type, Stored a, Stored b) {
  auto bytes = std::make_shared<std::vector<uint8_t>>(1 + 2 * sizeof(Stored));
  std::memcpy(bytes->data() + 1, &a, sizeof(Stored));
  std::memcpy(bytes->data() + 1 + sizeof(Stored), &b, sizeof(Stored));
  EXPECT_EQ(weightTypeBytes(type), sizeof(Stored));
  WeightStore store;
  store.addView("a", {type, {2}, bytes->data() + 1}, bytes);
  return store.read("a");
}

TEST(WeightStore, ReadsEveryTypeAtAnyAddress) {
  EXPECT_THAT(readUnaligned<uint16_t>(WeightType::F16, 0x3C00, 0xC000),
              ElementsAre(1, -2));
  EXPECT_THAT(readUnaligned<uint16_t>(WeightType::BF16, 0x3F80, 0xC000),
              ElementsAre(1, -2));
  EXPECT_THAT(readUnaligned<float>(WeightType::F32, 0.5f, -3.0f),
              ElementsAre(0.5, -3));
  EXPECT_THAT(readUnaligned<double>(WeightType::F64, 0.1, -3),
              ElementsAre(0.1, -3));
  EXPECT_THAT(readUnaligned<int64_t>(WeightType::I64, -5, 6),
              ElementsAre(-5, 6));
  EXPECT_THAT(readUnaligned<int32_t>(WeightType::I32, -5, 6),
              ElementsAre(-5, 6));
  EXPECT_THAT(readUnaligned<int16_t>(WeightType::I16, -5, 6),
              ElementsAre(-5, 6));
  EXPECT_THAT(readUnaligned<int8_t>(WeightType::I8, -5, 6), ElementsAre(-5, 6));
  EXPECT_THAT(readUnaligned<uint64_t>(WeightType::U64, 5, uint64_t(1) << 63),
              ElementsAre(5, 0x1p63));
  EXPECT_THAT(readUnaligned<uint32_t>(WeightType::U32, 5, 0xFFFFFFFF),
              ElementsAre(5, 4294967295.0));
  EXPECT_THAT(readUnaligned<uint16_t>(WeightType::U16, 5, 0xFFFF),
              ElementsAre(5, 65535));
  EXPECT_THAT(readUnaligned<uint8_t>(WeightType::U8, 5, 255),
              ElementsAre(5, 255));
  EXPECT_THAT(readUnaligned<uint8_t>(WeightType::BOOL, 0, 7),
              ElementsAre(0, 1));
}

TEST(WeightStore, TypesHaveTheirNames) {
  for (const char *name : {"F16", "BF16", "F32", "F64", "I64", "I32", "I16",
                           "I8", "U64", "U32", "U16", "U8", "BOOL"}) {
    std::optional<WeightType> type = weightTypeNamed(name);
    ASSERT_TRUE(type) << name;
    EXPECT_EQ(weightTypeName(*type), name);
    EXPECT_EQ(isFloatingPoint(*type), std::strchr(name, 'F') != nullptr);
  }
  EXPECT_FALSE(weightTypeNamed("F8_E4M3"));
  EXPECT_FALSE(weightTypeNamed("f32"));
}
