//===- KernelCandidates.cpp - Parameters worth measuring ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/KernelCandidates.h"

#include <algorithm>
#include <cstdlib>

using namespace mobileone;
using schedules::Parameter;

/// Of this many pairs by chance in a row, none may be new in a small space.
static constexpr unsigned kMostAttempts = 256;

namespace {

class CandidateList {
public:
  CandidateList(const schedules::KernelRequest &request,
                const schedules::Schedule &schedule)
      : request(request), schedule(schedule),
        space(parametersOf(schedule, request)) {
    for (const Parameter &each : space)
      standard[each.name] = each.standard;
    seen.insert(standard);
  }

  void addNeighbours(size_t most);
  void addPairs(size_t most);
  std::vector<Assignment> list;

private:
  bool add(const Assignment &assignment);

  schedules::KernelRequest request;
  const schedules::Schedule &schedule;
  std::vector<Parameter> space;
  Assignment standard;
  std::set<Assignment> seen;
};

} // namespace

bool CandidateList::add(const Assignment &assignment) {
  request.parameters = assignment;
  bool isNew = problemWithParameters(schedule, request).empty() &&
               seen.insert(assignment).second;
  if (isNew)
    list.push_back(assignment);
  return isNew;
}

/// The values of `parameter` without its standard, the nearest first.
static std::vector<int> byDistance(const Parameter &parameter) {
  std::vector<int> values = parameter.values;
  values.erase(std::remove(values.begin(), values.end(), parameter.standard),
               values.end());
  std::stable_sort(values.begin(), values.end(), [&](int a, int b) {
    return std::abs(a - parameter.standard) < std::abs(b - parameter.standard);
  });
  return values;
}

void CandidateList::addNeighbours(size_t most) {
  std::vector<std::vector<int>> values;
  size_t longest = 0;
  for (const Parameter &each : space) {
    values.push_back(byDistance(each));
    longest = std::max(longest, values.back().size());
  }
  for (size_t rank = 0; rank < longest; ++rank)
    for (size_t i = 0; i < space.size() && list.size() < most; ++i) {
      if (rank >= values[i].size())
        continue;
      Assignment assignment = standard;
      assignment[space[i].name] = values[i][rank];
      add(assignment);
    }
}

void CandidateList::addPairs(size_t most) {
  std::mt19937 random;
  unsigned attempts = 0;
  while (space.size() > 1 && list.size() < most && attempts < kMostAttempts) {
    Assignment assignment = standard;
    for (int i = 0; i < 2; ++i) {
      const Parameter &varied = space[random() % space.size()];
      assignment[varied.name] = varied.values[random() % varied.values.size()];
    }
    attempts = add(assignment) ? 0 : attempts + 1;
  }
}

std::vector<Assignment>
mobileone::kernelCandidates(const schedules::KernelRequest &request,
                            const schedules::Schedule &schedule, size_t most) {
  CandidateList candidates(request, schedule);
  candidates.addNeighbours(most - most / 4);
  candidates.addPairs(most);
  return std::move(candidates.list);
}
