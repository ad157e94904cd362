//===- Npy.h - NumPy's .npy files -------------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The format is that of numpy.lib.format, versions 1.0 to 3.0: magic, version,
// length of the header, a Python dictionary with exactly the keys `descr`,
// `fortran_order` and `shape`, the elements. Only plain numbers are read;
// object arrays hold pickled code and structured ones are no tensors.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_NPY_H
#define MOBILEONE_TOOLS_NPY_H

#include "compiler/Support/Diagnostics.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// Dense, row-major and little-endian, whatever the file was.
struct NpyArray {
  /// NumPy's letter: 'b' bool, 'i', 'u' integers, 'f' floating point, 'c'
  /// complex.
  char kind = 'f';
  int itemBytes = 4;
  std::vector<int64_t> shape;
  std::vector<uint8_t> data;

  /// NumPy's name: "float32".
  std::string typeName() const;
};

/// NumPy's name of a type: 'f', 4 -> "float32".
std::string npyTypeName(char kind, int itemBytes);

/// (1, 3, 224, 224), as NumPy writes a shape.
std::string formatShape(const std::vector<int64_t> &shape);

/// Reads a file; reports BadInput, also where the file's length is not what its
/// header says.
std::optional<NpyArray> readNpy(const std::string &path,
                                DiagnosticList &diagnostics);

/// Writes version 1.0 to a neighbour of `path` and renames it, so that nothing
/// half-written remains. Reports BadInput.
bool writeNpy(const std::string &path, const NpyArray &array,
              DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_NPY_H
