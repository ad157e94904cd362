//===- CpuLevel.cpp - Which instruction sets may be used ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CpuLevel.h"
#include "CudaSession.h"
#include "mobileone/runtime.h"

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#elif defined(__aarch64__) && defined(__APPLE__)
#include <sys/sysctl.h>
#endif

using namespace mobileone::runtime;

namespace {

constexpr uint32_t bit(unsigned position) { return 1u << position; }

// CPUID leaf 1, ECX. The first line is x86-64-v2, the second v3.
constexpr uint32_t leaf1Level3 =
    bit(0) /*SSE3*/ | bit(9) /*SSSE3*/ | bit(13) /*CMPXCHG16B*/ |
    bit(19) /*SSE4.1*/ | bit(20) /*SSE4.2*/ | bit(23) /*POPCNT*/ |
    bit(12) /*FMA*/ | bit(22) /*MOVBE*/ | bit(27) /*OSXSAVE*/ |
    bit(28) /*AVX*/ | bit(29) /*F16C*/;
// CPUID leaf 7, subleaf 0, EBX.
constexpr uint32_t leaf7Level3 =
    bit(3) /*BMI1*/ | bit(5) /*AVX2*/ | bit(8) /*BMI2*/;
constexpr uint32_t leaf7Level4 = leaf7Level3 | bit(16) /*AVX512F*/ |
                                 bit(17) /*AVX512DQ*/ | bit(28) /*AVX512CD*/ |
                                 bit(30) /*AVX512BW*/ | bit(31) /*AVX512VL*/;
// CPUID leaf 0x80000001, ECX.
constexpr uint32_t extendedLevel3 = bit(0) /*LAHF*/ | bit(5) /*LZCNT*/;
// XCR0: XMM, YMM; then opmask, upper halves of ZMM0-15, ZMM16-31.
constexpr uint64_t xcr0Level3 = 0x06;
constexpr uint64_t xcr0Level4 = 0xe6;

bool includes(uint64_t value, uint64_t wanted) {
  return (value & wanted) == wanted;
}

#if defined(__x86_64__)
X86Features readFeatures() {
  X86Features features = {0, 0, 0, 0};
  unsigned eax, ebx, ecx, edx;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx))
    features.leaf1Ecx = ecx;
  if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx))
    features.leaf7Ebx = ebx;
  if (__get_cpuid(0x80000001u, &eax, &ebx, &ecx, &edx))
    features.extendedLeaf1Ecx = ecx;
  if (features.leaf1Ecx & bit(27)) {
    asm volatile("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
    features.xcr0 = (uint64_t(edx) << 32) | eax;
  }
  return features;
}
#elif defined(__aarch64__) && defined(__linux__)
bool detectArm64V82() { return hasArm64V82(getauxval(AT_HWCAP)); }
#elif defined(__aarch64__) && defined(__APPLE__)
bool detectArm64V82() {
  // Half precision multiply-add came with ARMv8.4 here (A13, M1), which has
  // dot products; their own entry came with iOS 15 only.
  int value = 0;
  size_t bytes = sizeof(value);
  return sysctlbyname("hw.optional.armv8_2_fhm", &value, &bytes, nullptr, 0) ==
             0 &&
         value != 0;
}
#elif !defined(__x86_64__)
bool detectArm64V82() { return false; }
#endif

} // namespace

bool mobileone::runtime::hasArm64V82(uint64_t hwcap) {
  return includes(hwcap, uint64_t(bit(9) /*FPHP*/ | bit(10) /*ASIMDHP*/ |
                                  bit(20) /*ASIMDDP*/));
}

bool mobileone::runtime::hasX86Level(const X86Features &features,
                                     uint32_t level) {
  bool level3 = includes(features.leaf1Ecx, leaf1Level3) &&
                includes(features.leaf7Ebx, leaf7Level3) &&
                includes(features.extendedLeaf1Ecx, extendedLevel3) &&
                includes(features.xcr0, xcr0Level3);
  switch (level) {
  case MOBILEONE_LEVEL_BASELINE:
    return true;
  case MOBILEONE_LEVEL_X86_64_V3:
    return level3;
  case MOBILEONE_LEVEL_X86_64_V4:
    return level3 && includes(features.leaf7Ebx, leaf7Level4) &&
           includes(features.xcr0, xcr0Level4);
  }
  return false;
}

int mobileone_level_supported(uint32_t level) {
  if (level == MOBILEONE_LEVEL_CUDA) {
    if constexpr (hasCuda)
      return hasCudaDevice();
    return 0;
  }
#if defined(__x86_64__)
  return hasX86Level(readFeatures(), level);
#else
  return level == MOBILEONE_LEVEL_BASELINE ||
         (level == MOBILEONE_LEVEL_ARM64_V8_2 && detectArm64V82());
#endif
}
