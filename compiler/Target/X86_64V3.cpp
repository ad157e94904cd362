//===- X86_64V3.cpp - x86-64 with AVX2 and FMA -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Devices.h"

using namespace mobileone;

Target mobileone::makeX86_64V3() {
  Target target;
  target.name = "x86-64-v3";
  target.description = "x86-64 Linux with AVX2, FMA, F16C, BMI";
  target.triple = "x86_64-unknown-linux-gnu";
  target.cpu = "x86-64-v3";
  target.vectorBits = 256;
  target.level = 3;
  target.neededFeatures = {"avx2", "bmi",   "bmi2", "f16c",
                           "fma",  "lzcnt", "movbe"};
  target.machine.name = target.name;
  target.machine.family = "x86";
  target.machine.halideTarget = "x86-64-linux-sse41-avx-avx2-f16c-fma";
  target.machine.vectorBytes = 32;
  target.machine.vectorRegisters = 16;
  // 16 on both levels, though 8 would do here: equal padding lets levels share
  // packed weights.
  target.machine.channelAlignment = 16;
  return target;
}
