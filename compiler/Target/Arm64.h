//===- Arm64.h - What arm64 devices share -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TARGET_ARM64_H
#define MOBILEONE_TARGET_ARM64_H

#include "compiler/Target/Target.h"

namespace mobileone {

/// A device with ARMv8.2, FP16 and dot products, which is a cortex-a76 until
/// its file says otherwise. Triple, description and Halide's system are left
/// to that file: `system` is "linux", "android", "ios" or "osx".
Target makeArm64(const std::string &name, const std::string &system);

/// What all of Apple's have: an A14's core, which is the oldest of an iPhone 12
/// and of a Mac with arm64.
Target makeAppleArm64(const std::string &name, const std::string &system);

} // namespace mobileone

#endif // MOBILEONE_TARGET_ARM64_H
