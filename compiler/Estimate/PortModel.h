//===- PortModel.h - Cores as data ------------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A core is a table of facts with their sources: one file that defines it, one
// line in PortModels.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_ESTIMATE_PORTMODEL_H
#define MOBILEONE_ESTIMATE_PORTMODEL_H

#include "compiler/Support/Diagnostics.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mobileone {

/// Memory behind the first level, nearest first; the last one holds all.
struct MemoryLevel {
  std::string name; ///< "L2".
  uint64_t bytes = 0;
  /// What one core gets from it, and what all cores of the model get together.
  double bytesPerCycle = 0, sharedBytesPerCycle = 0;
};

struct PortModel {
  std::string name;         ///< What `--estimate` takes: "iphone12".
  std::string description;  ///< "Apple A14, Firestorm core".
  std::string architecture; ///< "aarch64", "x86_64".
  double gigahertz = 0;
  unsigned cores = 1; ///< Performance cores that an estimate may use.
  unsigned vectorBytes = 16;
  /// Whether a vector multiplies halves without converting them.
  bool multipliesHalves = false;

  /// Slots, see OperationCounts, that a cycle begins at most.
  unsigned width = 0;
  // What a cycle does at most of each kind.
  unsigned simd = 0, multiplies = 0, loads = 0, vectorLoads = 0, stores = 0,
           vectorStores = 0, loadsAndStores = 0, branches = 0;

  uint64_t firstLevelBytes = 0;
  std::vector<MemoryLevel> levels;
  /// Of handing a step to the cores and waiting for all of them.
  double barrierMicroseconds = 0;
};

/// Every core, in the order of the help.
const std::vector<PortModel> &allPortModels();

/// The core called `name`, or null after reporting Unsupported with their
/// names.
const PortModel *findPortModel(const std::string &name,
                               DiagnosticList &diagnostics);

// One function per core, each in a file of its own.
PortModel makeFirestorm();
PortModel makeZen4();

} // namespace mobileone

#endif // MOBILEONE_ESTIMATE_PORTMODEL_H
