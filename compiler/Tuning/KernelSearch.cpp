//===- KernelSearch.cpp - Which parameters to try next --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/KernelSearch.h"

#include <algorithm>
#include <cstdlib>

using namespace mobileone;
using schedules::Parameter;

/// Pairs by chance without a gain that end the search.
static constexpr unsigned kMostPairs = 16;
/// Larger spaces are not counted.
static constexpr uint64_t kMostCounted = 1 << 20;

KernelSearch::KernelSearch(const schedules::KernelRequest &request,
                           const schedules::Schedule &schedule,
                           std::vector<Assignment> starts)
    : request(request), schedule(schedule),
      space(parametersOf(schedule, request)) {
  for (const Parameter &each : space)
    standardAssignment[each.name] = each.standard;
  bestAssignment = standardAssignment;
  seen.insert(standardAssignment);
  std::reverse(starts.begin(), starts.end());
  for (Assignment &start : starts) {
    // They may be older than some parameter.
    start.insert(standardAssignment.begin(), standardAssignment.end());
    enqueue(std::move(start));
  }
}

bool KernelSearch::isLegal(const Assignment &assignment) const {
  schedules::KernelRequest tried = request;
  tried.parameters = assignment;
  return assignment.size() == space.size() &&
         problemWithParameters(schedule, tried).empty();
}

void KernelSearch::enqueue(Assignment assignment) {
  if (isLegal(assignment) && seen.insert(assignment).second)
    queue.push_back(std::move(assignment));
}

/// All other values of one parameter, the nearest first.
void KernelSearch::fillFromParameter() {
  const Parameter &varied = space[parameter++];
  int current = bestAssignment.at(varied.name);
  std::vector<int> values = varied.values;
  std::stable_sort(values.begin(), values.end(), [&](int a, int b) {
    return std::abs(a - current) > std::abs(b - current);
  });
  for (int value : values) {
    Assignment assignment = bestAssignment;
    assignment[varied.name] = value;
    enqueue(std::move(assignment));
  }
}

void KernelSearch::fillFromPairs() {
  // A space may have no more to offer.
  for (int attempt = 0; attempt < 64 && queue.empty(); ++attempt) {
    Assignment assignment = bestAssignment;
    for (int i = 0; i < 2; ++i) {
      const Parameter &varied = space[random() % space.size()];
      assignment[varied.name] = varied.values[random() % varied.values.size()];
    }
    enqueue(std::move(assignment));
  }
  ++pairs;
}

void KernelSearch::fill() {
  while (queue.empty() && !space.empty()) {
    if (parameter < space.size()) {
      fillFromParameter();
    } else if (improved) {
      improved = false;
      parameter = 0;
      pairs = 0;
    } else if (pairs < kMostPairs) {
      fillFromPairs();
    } else {
      return;
    }
  }
}

std::optional<Assignment> KernelSearch::next() {
  fill();
  if (queue.empty())
    return std::nullopt;
  return queue.back();
}

void KernelSearch::report(std::optional<double> relativeTime) {
  if (relativeTime && unconfirmed)
    relativeTime = std::max(*relativeTime, *unconfirmed);
  bool isBetter = relativeTime && *relativeTime < bestRelative - kSmallestGain;
  if (isBetter && !unconfirmed) {
    unconfirmed = relativeTime;
    return;
  }
  unconfirmed.reset();
  if (isBetter) {
    bestAssignment = queue.back();
    bestRelative = *relativeTime;
    improved = true;
  }
  queue.pop_back();
}

uint64_t KernelSearch::spaceSize() const {
  uint64_t all = 1, legal = 0;
  for (const Parameter &each : space)
    all *= each.values.size();
  if (all > kMostCounted)
    return all;
  for (uint64_t number = 0; number < all; ++number) {
    Assignment assignment;
    uint64_t rest = number;
    for (const Parameter &each : space) {
      assignment[each.name] = each.values[rest % each.values.size()];
      rest /= each.values.size();
    }
    schedules::KernelRequest tried = request;
    tried.parameters = std::move(assignment);
    legal += !schedule.fits || schedule.fits(tried);
  }
  return legal;
}
