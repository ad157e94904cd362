//===- Arm64Linux.cpp - arm64 Linux -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Arm64.h"
#include "compiler/Target/Devices.h"

using namespace mobileone;

Target mobileone::makeArm64Linux() {
  Target target = makeArm64("arm64-linux", "linux");
  target.description =
      "ARMv8.2 Linux with FP16 and dot products (Pi 5, servers)";
  target.triple = "aarch64-unknown-linux-gnu";
  return target;
}
