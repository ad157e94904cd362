//===- MacOsArm64.cpp - Macs with Apple's processors -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Arm64.h"
#include "compiler/Target/Devices.h"

using namespace mobileone;

Target mobileone::makeMacOsArm64() {
  Target target = makeAppleArm64("macos-arm64", "osx");
  target.description = "Macs with Apple's processors, macOS 11";
  target.triple = "arm64-apple-macosx11.0";
  return target;
}
