//===- LatencyStatistics.cpp - Times of many runs in a few numbers --------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/LatencyStatistics.h"

#include <algorithm>
#include <numeric>

using namespace mobileone;

LatencyStatistics mobileone::summarizeLatencies(std::vector<double> samples) {
  LatencyStatistics statistics;
  statistics.count = samples.size();
  if (samples.empty())
    return statistics;
  std::sort(samples.begin(), samples.end());
  auto percentile = [&](size_t percent) {
    size_t rank = (samples.size() * percent + 99) / 100;
    return samples[rank - 1];
  };
  statistics.minimum = samples.front();
  statistics.p50 = percentile(50);
  statistics.p90 = percentile(90);
  statistics.p99 = percentile(99);
  statistics.mean =
      std::accumulate(samples.begin(), samples.end(), 0.0) / samples.size();
  return statistics;
}
