//===- IPhone12.cpp - iPhone 12 and later -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Arm64.h"
#include "compiler/Target/Devices.h"

using namespace mobileone;

Target mobileone::makeIPhone12() {
  Target target = makeAppleArm64("iphone12", "ios");
  target.description = "iPhone 12 and later (A14), iOS 14";
  target.triple = "arm64-apple-ios14.0";
  return target;
}
