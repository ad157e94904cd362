//===- X86_64V4.cpp - x86-64 with AVX-512 -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Devices.h"

using namespace mobileone;

Target mobileone::makeX86_64V4() {
  Target target = makeX86_64V3();
  target.name = "x86-64-v4";
  target.description = "x86-64 Linux with AVX-512 F, BW, CD, DQ, VL";
  target.cpu = "x86-64-v4";
  target.vectorBits = 512;
  target.level = 4;
  target.neededFeatures.insert(
      target.neededFeatures.end(),
      {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"});
  target.machine.name = target.name;
  target.machine.halideTarget =
      "x86-64-linux-sse41-avx-avx2-f16c-fma-avx512-avx512_skylake";
  target.machine.vectorBytes = 64;
  target.machine.vectorRegisters = 32;
  target.machine.l2Bytes = 1024 * 1024;
  return target;
}
