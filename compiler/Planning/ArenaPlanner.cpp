//===- ArenaPlanner.cpp - Where activations lie in memory -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/ArenaPlanner.h"

#include "fmt/format.h"

#include <algorithm>
#include <numeric>
#include <optional>

using namespace mobileone;

namespace {

int64_t alignUp(int64_t bytes) {
  return (bytes + arenaAlignment - 1) / arenaAlignment * arenaAlignment;
}

bool aliveTogether(const ArenaBuffer &a, const ArenaBuffer &b) {
  return a.firstStep <= b.lastStep && b.firstStep <= a.lastStep;
}

/// Sorts buffer numbers by `key`, equal ones by number.
template <typename Key> void sortBy(std::vector<size_t> &numbers, Key key) {
  std::sort(numbers.begin(), numbers.end(), [&](size_t a, size_t b) {
    return std::make_pair(key(a), a) < std::make_pair(key(b), b);
  });
}

/// Buffers that already have a place.
class Placement {
public:
  Placement(const std::vector<ArenaBuffer> &buffers)
      : buffers(buffers), offsets(buffers.size(), -1) {}

  void place(size_t buffer, int64_t offset) {
    offsets[buffer] = offset;
    placed.push_back(buffer);
  }

  /// Whether `buffer` at `offset` overlaps none that is alive with it.
  bool isFree(size_t buffer, int64_t offset) const {
    return offset >= 0 &&
           std::all_of(placed.begin(), placed.end(), [&](size_t other) {
             return !collide(buffer, offset, other);
           });
  }

  /// Offsets worth trying: the arena's start, and next to placed buffers.
  std::vector<int64_t> candidates(size_t buffer) const {
    std::vector<int64_t> result = {0};
    for (size_t other : placed) {
      result.push_back(offsets[other] + size(other));
      result.push_back(offsets[other]);
      result.push_back(offsets[other] + size(other) - size(buffer));
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  }

  /// How recently the bytes at `offset` were touched before `buffer` is
  /// written: the sum over its lines of the last step that touched them, plus
  /// 1; untouched lines count 0.
  int64_t heat(size_t buffer, int64_t offset) const;

  ArenaPlan plan() const {
    ArenaPlan result;
    result.offsets = offsets;
    for (size_t i : placed)
      result.bytes = std::max(result.bytes, offsets[i] + size(i));
    return result;
  }

private:
  int64_t size(size_t buffer) const { return alignUp(buffers[buffer].bytes); }
  bool overlap(size_t buffer, int64_t offset, size_t other) const {
    return offset < offsets[other] + size(other) &&
           offsets[other] < offset + size(buffer);
  }
  bool collide(size_t buffer, int64_t offset, size_t other) const {
    return aliveTogether(buffers[buffer], buffers[other]) &&
           overlap(buffer, offset, other);
  }

  const std::vector<ArenaBuffer> &buffers;
  std::vector<int64_t> offsets;
  std::vector<size_t> placed;
};

int64_t Placement::heat(size_t buffer, int64_t offset) const {
  // The most recent first, so that each claims the lines it touched last.
  std::vector<size_t> earlier;
  for (size_t i : placed)
    if (buffers[i].lastStep < buffers[buffer].firstStep &&
        overlap(buffer, offset, i))
      earlier.push_back(i);
  sortBy(earlier, [&](size_t i) { return -buffers[i].lastStep; });
  std::vector<bool> claimed(size(buffer) / arenaAlignment, false);
  int64_t sum = 0;
  for (size_t i : earlier) {
    int64_t begin = std::max(offsets[i] - offset, int64_t(0));
    int64_t end = std::min(offsets[i] + size(i) - offset, size(buffer));
    for (int64_t line = begin / arenaAlignment; line < end / arenaAlignment;
         ++line)
      if (!claimed[line]) {
        claimed[line] = true;
        sum += buffers[i].lastStep + 1;
      }
  }
  return sum;
}

/// Largest first, each at the lowest free offset: within a few percent of the
/// lower bound in practice.
ArenaPlan planCompactly(const std::vector<ArenaBuffer> &buffers) {
  std::vector<size_t> bySize(buffers.size());
  std::iota(bySize.begin(), bySize.end(), 0);
  sortBy(bySize, [&](size_t i) { return -buffers[i].bytes; });
  Placement placement(buffers);
  for (size_t buffer : bySize)
    for (int64_t offset : placement.candidates(buffer))
      if (placement.isFree(buffer, offset)) {
        placement.place(buffer, offset);
        break;
      }
  return placement.plan();
}

/// In the order of steps, each where memory is hottest, within `limit` bytes.
/// Nothing if that gets stuck: a choice cannot be taken back.
std::optional<ArenaPlan> planHot(const std::vector<ArenaBuffer> &buffers,
                                 int64_t limit) {
  std::vector<size_t> byStep(buffers.size());
  std::iota(byStep.begin(), byStep.end(), 0);
  sortBy(byStep, [&](size_t i) { return buffers[i].firstStep; });
  Placement placement(buffers);
  for (size_t buffer : byStep) {
    int64_t best = -1, bestHeat = -1;
    for (int64_t offset : placement.candidates(buffer)) {
      if (offset + alignUp(buffers[buffer].bytes) > limit ||
          !placement.isFree(buffer, offset))
        continue;
      int64_t heat = placement.heat(buffer, offset);
      if (heat > bestHeat) {
        best = offset;
        bestHeat = heat;
      }
    }
    if (best < 0)
      return std::nullopt;
    placement.place(buffer, best);
  }
  return placement.plan();
}

} // namespace

ArenaPlan mobileone::planArena(const std::vector<ArenaBuffer> &buffers) {
  ArenaPlan compact = planCompactly(buffers);
  return planHot(buffers, compact.bytes).value_or(compact);
}

int64_t mobileone::arenaLowerBound(const std::vector<ArenaBuffer> &buffers) {
  int64_t bound = 0;
  for (const ArenaBuffer &at : buffers) {
    int64_t alive = 0;
    for (const ArenaBuffer &buffer : buffers)
      if (buffer.firstStep <= at.firstStep && at.firstStep <= buffer.lastStep)
        alive += alignUp(buffer.bytes);
    bound = std::max(bound, alive);
  }
  return bound;
}

std::string mobileone::checkArenaPlan(const std::vector<ArenaBuffer> &buffers,
                                      const ArenaPlan &plan) {
  for (size_t i = 0; i < buffers.size(); ++i) {
    if (plan.offsets[i] < 0 || plan.offsets[i] % arenaAlignment != 0)
      return fmt::format("{} is not aligned: offset {}", buffers[i].name,
                         plan.offsets[i]);
    if (plan.offsets[i] + buffers[i].bytes > plan.bytes)
      return fmt::format("{} ends at {}, the arena at {}", buffers[i].name,
                         plan.offsets[i] + buffers[i].bytes, plan.bytes);
    for (size_t j = 0; j < i; ++j)
      if (aliveTogether(buffers[i], buffers[j]) &&
          plan.offsets[i] < plan.offsets[j] + buffers[j].bytes &&
          plan.offsets[j] < plan.offsets[i] + buffers[i].bytes)
        return fmt::format("{} overlaps {}", buffers[i].name, buffers[j].name);
  }
  return "";
}

std::string mobileone::dumpArenaPlan(const std::vector<ArenaBuffer> &buffers,
                                     const ArenaPlan &plan) {
  std::string text = fmt::format("arena: {} bytes, lower bound {}\n",
                                 plan.bytes, arenaLowerBound(buffers));
  int steps = 0;
  for (const ArenaBuffer &buffer : buffers)
    steps = std::max(steps, buffer.lastStep + 1);
  for (size_t i = 0; i < buffers.size(); ++i) {
    const ArenaBuffer &buffer = buffers[i];
    std::string map(steps, '.');
    map.replace(buffer.firstStep, buffer.lastStep - buffer.firstStep + 1,
                buffer.lastStep - buffer.firstStep + 1, '#');
    text += fmt::format("{:>10} +{:<10} {} {}\n", plan.offsets[i], buffer.bytes,
                        map, buffer.name);
  }
  return text;
}
