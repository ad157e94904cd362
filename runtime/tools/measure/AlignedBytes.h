//===- AlignedBytes.h - Memory as kernels want it ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_MEASURE_ALIGNEDBYTES_H
#define MOBILEONE_RUNTIME_TOOLS_MEASURE_ALIGNEDBYTES_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mobileone::measure {

/// Memory at a multiple of MOBILEONE_ALIGNMENT.
class AlignedBytes {
public:
  void resize(size_t bytes);
  uint8_t *data() { return aligned; }
  size_t size() const { return bytes; }

private:
  std::vector<uint8_t> memory;
  uint8_t *aligned = nullptr;
  size_t bytes = 0;
};

} // namespace mobileone::measure

#endif // MOBILEONE_RUNTIME_TOOLS_MEASURE_ALIGNEDBYTES_H
