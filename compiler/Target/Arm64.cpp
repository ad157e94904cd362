//===- Arm64.cpp - What arm64 devices share -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Arm64.h"

#include "runtime/include/mobileone/model_abi.h"

using namespace mobileone;

Target mobileone::makeArm64(const std::string &name,
                            const std::string &system) {
  Target target;
  target.name = name;
  target.cpu = "cortex-a76";
  target.vectorBits = 128;
  target.level = MOBILEONE_LEVEL_ARM64_V8_2;
  target.machine.name = name;
  target.machine.family = "arm64";
  target.machine.halideTarget = "arm-64-" + system + "-arm_dot_prod-arm_fp16";
  target.machine.vectorBytes = 16;
  target.machine.vectorRegisters = 32;
  target.machine.l1Bytes = 64 * 1024;
  target.machine.l2Bytes = 512 * 1024;
  // As on x86-64, so that packed weights are the same.
  target.machine.channelAlignment = 16;
  target.machine.halfArithmetic = true;
  return target;
}

Target mobileone::makeAppleArm64(const std::string &name,
                                 const std::string &system) {
  Target target = makeArm64(name, system);
  target.cpu = "apple-a14";
  // Of a performance core; the second level is shared.
  target.machine.l1Bytes = 128 * 1024;
  target.machine.l2Bytes = 4 * 1024 * 1024;
  return target;
}
