//===- BufferUses.h - Where kernels use their buffers -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CPP_BUFFERUSES_H
#define MOBILEONE_CODEGEN_CPP_BUFFERUSES_H

#include "Halide.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace mobileone {

/// A field of a buffer's dimension that a kernel reads.
struct DimensionUse {
  int dimension;
  std::string field; ///< "min", "extent" or "stride".
  bool operator<(const DimensionUse &other) const {
    return std::tie(dimension, field) < std::tie(other.dimension, other.field);
  }
};

/// What a lowered kernel does with its buffers.
struct BufferUses {
  std::set<std::string> loaded;
  std::set<std::string> stored;
  /// Halide's name of a variable -> buffer, for the variables that hold a
  /// buffer's address.
  std::map<std::string, std::string> addresses;
  /// Halide's name of a variable -> buffer and field.
  std::map<std::string, std::pair<std::string, DimensionUse>> dimensions;
  /// Variables that are read at all.
  std::set<std::string> variables;
  /// For each `let`: the buffers and allocations whose indices it is part of.
  /// The empty name stands for any other use.
  std::map<std::string, std::set<std::string>> indexed;
};

/// Throws UnsupportedIr where a buffer's header is used in another way.
BufferUses collectBufferUses(const Halide::Internal::Stmt &body);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CPP_BUFFERUSES_H
