//===- NpyHeader.h - The dictionary in a .npy file --------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_NPYHEADER_H
#define MOBILEONE_TOOLS_NPYHEADER_H

#include <cstdint>
#include <string>
#include <vector>

namespace mobileone {

/// What `{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }` says.
struct NpyHeader {
  bool bigEndian = false;
  char kind = 'f';
  int itemBytes = 4;
  bool fortranOrder = false;
  std::vector<int64_t> shape;
  /// Elements times itemBytes.
  uint64_t dataBytes = 0;
};

/// Parses the dictionary. Returns what is wrong with it, or an empty string.
std::string parseNpyHeader(const std::string &text, NpyHeader &header);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_NPYHEADER_H
