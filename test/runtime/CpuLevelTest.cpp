//===- CpuLevelTest.cpp - Tests of the choice of instruction sets ---------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/src/CpuLevel.h"
#include "mobileone/runtime.h"

#include <gtest/gtest.h>

using namespace mobileone::runtime;

namespace {

constexpr uint32_t level3 = MOBILEONE_LEVEL_X86_64_V3;
constexpr uint32_t level4 = MOBILEONE_LEVEL_X86_64_V4;

/// Exactly what each level asks for, from the tables of the x86-64 psABI.
constexpr X86Features exactLevel3 = {0x38d83201, 0x128, 0x21, 0x06};
constexpr X86Features exactLevel4 = {0x38d83201, 0xd0030128, 0x21, 0xe6};

TEST(CpuLevelTest, ExactFeatures) {
  EXPECT_TRUE(hasX86Level(exactLevel3, MOBILEONE_LEVEL_BASELINE));
  EXPECT_TRUE(hasX86Level(exactLevel3, level3));
  EXPECT_FALSE(hasX86Level(exactLevel3, level4));
  EXPECT_TRUE(hasX86Level(exactLevel4, level3));
  EXPECT_TRUE(hasX86Level(exactLevel4, level4));
  EXPECT_TRUE(hasX86Level({0, 0, 0, 0}, MOBILEONE_LEVEL_BASELINE));
}

/// Clears every bit of `field` that is set, one at a time.
template <typename Field>
void expectEachBitNeeded(const X86Features &features, Field X86Features::*field,
                         uint32_t level) {
  for (unsigned i = 0; i < 8 * sizeof(Field); ++i) {
    X86Features fewer = features;
    fewer.*field &= ~(Field(1) << i);
    if (fewer.*field != features.*field)
      EXPECT_FALSE(hasX86Level(fewer, level))
          << "level " << level << " bit " << i;
  }
}

TEST(CpuLevelTest, EveryFeatureIsNeeded) {
  for (auto [features, level] :
       {std::pair(exactLevel3, level3), std::pair(exactLevel4, level4)}) {
    expectEachBitNeeded(features, &X86Features::leaf1Ecx, level);
    expectEachBitNeeded(features, &X86Features::leaf7Ebx, level);
    expectEachBitNeeded(features, &X86Features::extendedLeaf1Ecx, level);
    expectEachBitNeeded(features, &X86Features::xcr0, level);
  }
}

TEST(CpuLevelTest, UnknownLevels) {
  for (uint32_t level : {1u, 2u, 5u, ~0u}) {
    EXPECT_FALSE(hasX86Level(exactLevel4, level));
    EXPECT_FALSE(mobileone_level_supported(level));
  }
}

TEST(CpuLevelTest, EveryArm64FeatureIsNeeded) {
  // FPHP, ASIMDHP and ASIMDDP of Linux's asm/hwcap.h.
  constexpr uint64_t exact = 1 << 9 | 1 << 10 | 1 << 20;
  EXPECT_TRUE(hasArm64V82(exact));
  EXPECT_TRUE(hasArm64V82(~uint64_t(0)));
  for (unsigned bit : {9u, 10u, 20u})
    EXPECT_FALSE(hasArm64V82(exact & ~(uint64_t(1) << bit))) << bit;
}

TEST(CpuLevelTest, AgreesWithTheCompilersOwnDetection) {
  EXPECT_TRUE(mobileone_level_supported(MOBILEONE_LEVEL_BASELINE));
#if defined(__x86_64__)
  __builtin_cpu_init();
  EXPECT_EQ(bool(mobileone_level_supported(level3)),
            bool(__builtin_cpu_supports("x86-64-v3")));
  EXPECT_EQ(bool(mobileone_level_supported(level4)),
            bool(__builtin_cpu_supports("x86-64-v4")));
  EXPECT_FALSE(mobileone_level_supported(MOBILEONE_LEVEL_ARM64_V8_2));
#else
  EXPECT_FALSE(mobileone_level_supported(level3));
  EXPECT_FALSE(mobileone_level_supported(level4));
#endif
}

} // namespace
