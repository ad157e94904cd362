//===- LatencyStatistics.h - Many times in few numbers ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_LATENCYSTATISTICS_H
#define MOBILEONE_TOOLS_LATENCYSTATISTICS_H

#include <cstddef>
#include <vector>

namespace mobileone {

/// In the unit of the samples. Percentiles are nearest-rank: p90 is the
/// smallest sample that at least 90% of all do not exceed.
struct LatencyStatistics {
  size_t count = 0;
  double minimum = 0, p50 = 0, p90 = 0, p99 = 0, mean = 0;
};

/// All zeros without samples.
LatencyStatistics summarizeLatencies(std::vector<double> samples);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_LATENCYSTATISTICS_H
