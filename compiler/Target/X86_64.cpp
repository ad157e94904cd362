//===- X86_64.cpp - The baseline of x86-64 -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Devices.h"

using namespace mobileone;

Target mobileone::makeX86_64() {
  Target target;
  target.name = "x86-64";
  target.description = "any x86-64 Linux machine (SSE2), generic schedules";
  target.triple = "x86_64-unknown-linux-gnu";
  target.cpu = "x86-64";
  target.level = 0;
  target.machine.name = target.name;
  target.machine.family = "generic";
  target.machine.halideTarget = "x86-64-linux";
  target.machine.vectorBytes = 16;
  target.machine.vectorRegisters = 16;
  target.machine.channelAlignment = 16;
  return target;
}
