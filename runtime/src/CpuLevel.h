//===- CpuLevel.h - Which instruction sets may be used ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_CPULEVEL_H
#define MOBILEONE_RUNTIME_CPULEVEL_H

#include <stdint.h>

namespace mobileone::runtime {

/// What decides about x86-64 levels: registers that CPUID returns, and XCR0,
/// in which the operating system says which registers it saves. XCR0 is 0 where
/// the operating system has not enabled XGETBV.
struct X86Features {
  uint32_t leaf1Ecx;
  uint32_t leaf7Ebx;
  uint32_t extendedLeaf1Ecx;
  uint64_t xcr0;
};

/// Whether `features` have everything that the mobileone_level `level` stands
/// for in the x86-64 psABI, the levels below it included.
bool hasX86Level(const X86Features &features, uint32_t level);

/// Whether `hwcap`, Linux's AT_HWCAP on arm64, has all that
/// MOBILEONE_LEVEL_ARM64_V8_2 stands for.
bool hasArm64V82(uint64_t hwcap);

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_CPULEVEL_H
