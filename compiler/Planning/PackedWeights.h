//===- PackedWeights.h - Weights as kernels read them -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One blob for all kernels of a library, of all its targets. Weights are
// rounded to f32 here, once, and lie exactly as the kernel reads them. Equal
// contents are stored once, so levels that want the same layout share it.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PLANNING_PACKEDWEIGHTS_H
#define MOBILEONE_PLANNING_PACKEDWEIGHTS_H

#include "schedules/KernelRequest.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace mobileone {

/// `values`, [outputs][inputs][taps] row-major or, for vectors and depthwise
/// filters, [outputs][taps], rounded to the packing's type and laid out as
/// `packing` says. Padding is zero. Empty `values` mean all zeros.
std::vector<float> packWeights(const std::vector<double> &values,
                               const schedules::WeightPacking &packing);

class PackedWeights {
public:
  /// Every entry starts at a multiple of this.
  static constexpr int64_t alignment = 64;

  /// The offset in bytes at which `values` lie as elements of `type`, to which
  /// they are rounded already; appends them unless they are there.
  int64_t add(const std::vector<float> &values,
              schedules::ElementType type = schedules::ElementType::F32);

  /// The blob; its size is a multiple of `alignment`.
  const std::vector<uint8_t> &bytes() const { return blob; }

private:
  int64_t add(const uint8_t *data, int64_t size);

  struct Entry {
    int64_t offset, size;
  };
  std::vector<uint8_t> blob;
  std::unordered_multimap<uint64_t, Entry> entries; ///< By hash.
};

} // namespace mobileone

#endif // MOBILEONE_PLANNING_PACKEDWEIGHTS_H
