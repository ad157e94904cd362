//===- Shapes.h - Lists of kernels to measure -------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_BENCHMARKS_KERNELS_SHAPES_H
#define MOBILEONE_BENCHMARKS_KERNELS_SHAPES_H

#include "schedules/KernelRequest.h"

#include <string>
#include <vector>

/// A line of a file in benchmarks/shapes: count, body, parameters.
struct ShapeLine {
  int count;
  std::string text; ///< Body and parameters.
  mobileone::schedules::KernelRequest request;
};

/// Reads `path` for `machine` ("x86-64-v4"). Exits with a message on a line
/// that says nothing.
std::vector<ShapeLine> readShapes(const std::string &path,
                                  const std::string &machine);

#endif // MOBILEONE_BENCHMARKS_KERNELS_SHAPES_H
