//===- IosSimulatorArm64.cpp - the simulator of an iPhone -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Arm64.h"
#include "compiler/Target/Devices.h"

using namespace mobileone;

Target mobileone::makeIosSimulatorArm64() {
  Target target = makeAppleArm64("ios-simulator-arm64", "ios");
  target.description = "the iPhone simulator on Macs with Apple's processors";
  target.triple = "arm64-apple-ios14.0-simulator";
  return target;
}
