//===- KernelSearch.h - Which parameters to try next ------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TUNING_KERNELSEARCH_H
#define MOBILEONE_TUNING_KERNELSEARCH_H

#include "schedules/Schedule.h"

#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace mobileone {

/// Gains below this, relative to the schedule's own choice, are noise.
constexpr double kSmallestGain = 0.003;

/// Values of all parameters, by name.
using Assignment = std::map<std::string, int>;

/// Searches the parameters of one kernel: starting points, then one parameter
/// after the other from the best values so far, nearest values first, until a
/// whole round of that finds nothing; then pairs of parameters by chance, which
/// start another round when they find something. What seems better than the
/// best is measured again, and the worse of its two results counts: otherwise
/// luck would win. The same results lead to the same questions, so that a log
/// of results takes a search back to where it was.
class KernelSearch {
public:
  /// `request` without tuned parameters. `starts` are tried first.
  KernelSearch(const schedules::KernelRequest &request,
               const schedules::Schedule &schedule,
               std::vector<Assignment> starts);

  /// What to measure next, the same until it is reported; nothing at the end.
  std::optional<Assignment> next();

  /// The time of `next()` relative to that of the schedule's own choice in the
  /// same runs, or nothing if it has no time.
  void report(std::optional<double> relativeTime);

  const Assignment &best() const { return bestAssignment; }
  /// 1 while nothing is better than the schedule's own choice.
  double bestTime() const { return bestRelative; }
  const Assignment &standard() const { return standardAssignment; }
  const std::vector<schedules::Parameter> &parameters() const { return space; }
  /// Legal combinations of values.
  uint64_t spaceSize() const;

private:
  void fill();
  void fillFromParameter();
  void fillFromPairs();
  bool isLegal(const Assignment &assignment) const;
  void enqueue(Assignment assignment);

  schedules::KernelRequest request;
  const schedules::Schedule &schedule;
  std::vector<schedules::Parameter> space;
  Assignment standardAssignment, bestAssignment;
  double bestRelative = 1;

  std::vector<Assignment> queue; ///< To be measured, last first.
  std::set<Assignment> seen;
  std::optional<double> unconfirmed; ///< First time of what seems best.
  size_t parameter = 0;              ///< Next to be varied.
  bool improved = false;
  unsigned pairs = 0; ///< Tried since the last improvement.
  std::mt19937 random;
};

} // namespace mobileone

#endif // MOBILEONE_TUNING_KERNELSEARCH_H
