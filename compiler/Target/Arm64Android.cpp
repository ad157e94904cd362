//===- Arm64Android.cpp - arm64 Android -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Arm64.h"
#include "compiler/Target/Devices.h"

using namespace mobileone;

Target mobileone::makeArm64Android() {
  Target target = makeArm64("arm64-android", "android");
  target.description =
      "Android 5 and later, ARMv8.2 with FP16 and dot products";
  target.triple = "aarch64-unknown-linux-android21";
  return target;
}
