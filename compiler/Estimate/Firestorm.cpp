//===- Firestorm.cpp - The performance cores of Apple's A14 ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/PortModel.h"

using namespace mobileone;

PortModel mobileone::makeFirestorm() {
  PortModel model;
  model.name = "iphone12";
  model.description = "Apple A14, Firestorm core";
  model.architecture = "aarch64";
  // Public figure for both cores (AnandTech 16226: 2.99 GHz).
  model.gigahertz = 3.0;
  model.cores = 2;
  model.vectorBytes = 16;
  model.multipliesHalves = true;

  // Dougall Johnson, https://dougallj.github.io/applecpu/firestorm.html, by
  // counters of an M1, which has the same cores: eight operations a cycle;
  // units 11 to 14 do SIMD, each of them multiply-adds with a latency of 4;
  // units 8, 9 and 10 load and 7 and 8 store, 128 bits each; 1 and 2 branch.
  model.width = 8;
  model.simd = model.multiplies = 4;
  model.loads = model.vectorLoads = 3;
  model.stores = model.vectorStores = 2;
  model.loadsAndStores = 4;
  model.branches = 2;

  // AnandTech 16226: 128 KB of L1, 8 MB of L2 for both performance cores, 16 MB
  // of system cache. What a core gets from L2 is not published: 32 bytes a
  // cycle is assumed. A core of an M1 reads 58 GB/s from memory (AnandTech
  // 16252), which the system cache surely gives; the A14's memory, LPDDR4X-4266
  // of 64 bits, gives 34.1 GB/s at best, of which 85% are assumed.
  constexpr uint64_t kibibyte = 1024, mebibyte = 1024 * kibibyte;
  model.firstLevelBytes = 128 * kibibyte;
  model.levels = {{"L2", 8 * mebibyte, 32, 64},
                  {"system cache", 16 * mebibyte, 19, 25},
                  {"memory", UINT64_MAX, 9.7, 9.7}};
  // Not published; twice what this project's runtime takes on a Zen 4.
  model.barrierMicroseconds = 1;
  return model;
}
