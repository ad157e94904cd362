//===- MachRelocationTest.cpp - Addresses in Apple's arm64 objects --------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is right is tested by running it, in measure-apple.test.
//
//===----------------------------------------------------------------------===//

#include "runtime/tools/measure/MachRelocation.h"

#include <cstring>
#include <gtest/gtest.h>

using namespace mobileone::measure;

namespace {

/// A relocation of symbol 0.
Relocation make(unsigned type, int32_t address, unsigned lengthLog2) {
  return {address, type << 28 | 1u << 27 | lengthLog2 << 25};
}

TEST(MachRelocationTest, PlacesOutsideOfTheSection) {
  uint8_t section[16] = {};
  Relocator relocator(section, sizeof(section));
  for (int32_t address : {-1, -8, 9, 16, 1 << 30})
    EXPECT_EQ(relocator.apply(make(0, address, 3), 0),
              "the object file is damaged")
        << address;
  EXPECT_EQ(relocator.apply(make(0, 8, 3), 0), "");
}

TEST(MachRelocationTest, SizesThatAddressesDoNotHave) {
  uint8_t section[16] = {};
  Relocator relocator(section, sizeof(section));
  EXPECT_EQ(relocator.apply(make(0, 0, 0), 0),
            "the object file has an address of 1 bytes");
  EXPECT_EQ(relocator.apply(make(0, 0, 1), 0),
            "the object file has an address of 2 bytes");
}

TEST(MachRelocationTest, UnknownTypes) {
  uint8_t section[16] = {};
  Relocator relocator(section, sizeof(section));
  for (unsigned type : {7u, 8u, 9u, 11u, 15u})
    EXPECT_EQ(relocator.apply(make(type, 0, 2), 0),
              "the object file has relocations of type " +
                  std::to_string(type));
}

TEST(MachRelocationTest, DifferencesAddToWhatIsThere) {
  uint64_t place = 5;
  Relocator relocator(reinterpret_cast<uint8_t *>(&place), sizeof(place));
  EXPECT_EQ(relocator.apply(make(1, 0, 3), 100), "");
  EXPECT_EQ(relocator.apply(make(0, 0, 3), 160), "");
  EXPECT_EQ(place, 65u);
  // The subtraction was for that one only.
  EXPECT_EQ(relocator.apply(make(0, 0, 3), 1000), "");
  EXPECT_EQ(place, 1065u);
}

TEST(MachRelocationTest, StubsAreAlignedAndApart) {
  alignas(16) uint8_t memory[64] = {};
  LinkArea area(memory + 1);
  uint64_t first = area.addStub(memory), second = area.addStub(memory);
  EXPECT_EQ(first % LinkArea::kAlignment, 0u);
  EXPECT_EQ(second, first + LinkArea::kBytesPerSymbol);
  EXPECT_LE(second + LinkArea::kBytesPerSymbol,
            reinterpret_cast<uint64_t>(memory + sizeof(memory)));
}

} // namespace
