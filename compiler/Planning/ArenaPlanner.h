//===- ArenaPlanner.h - Where activations lie in memory -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The arena algorithm on its own, free of the IR: buffers with sizes and live
// ranges in, offsets out.
//
// Two buffers may share memory if no step needs both. Among the places that are
// free, a buffer goes where memory was touched last, as that is what the caches
// still hold: a chain of layers alternates between two regions. Measured on
// MobileOne-S0, that is worth 10% over a region for each buffer.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PLANNING_ARENAPLANNER_H
#define MOBILEONE_PLANNING_ARENAPLANNER_H

#include <cstdint>
#include <string>
#include <vector>

namespace mobileone {

/// Caches move lines of so many bytes; vectors are no longer.
constexpr int64_t arenaAlignment = 64;

struct ArenaBuffer {
  std::string name;  ///< For the dump.
  int64_t bytes = 0; ///< More than 0.
  /// The steps that need the buffer, both included: the first writes it.
  int firstStep = 0, lastStep = 0;
};

struct ArenaPlan {
  std::vector<int64_t> offsets; ///< Per buffer, multiples of arenaAlignment.
  int64_t bytes = 0;            ///< Of the arena, a multiple of it too.
};

/// Places `buffers`; deterministic.
ArenaPlan planArena(const std::vector<ArenaBuffer> &buffers);

/// The most bytes that are alive in one step: no plan is smaller.
int64_t arenaLowerBound(const std::vector<ArenaBuffer> &buffers);

/// Empty if no two buffers that are alive in one step overlap and all lie
/// aligned within the arena, else what is wrong.
std::string checkArenaPlan(const std::vector<ArenaBuffer> &buffers,
                           const ArenaPlan &plan);

/// The plan as text: a line per buffer with its offset, bytes and steps, and a
/// map with a column per step.
std::string dumpArenaPlan(const std::vector<ArenaBuffer> &buffers,
                          const ArenaPlan &plan);

} // namespace mobileone

#endif // MOBILEONE_PLANNING_ARENAPLANNER_H
