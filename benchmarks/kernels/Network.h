//===- Network.h - A network's kernels with their memory --------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_BENCHMARKS_KERNELS_NETWORK_H
#define MOBILEONE_BENCHMARKS_KERNELS_NETWORK_H

#include "CompiledKernel.h"
#include "Shapes.h"

#include "HalideRuntime.h"

#include <vector>

/// An argument of a call, ready to be passed.
struct Argument {
  halide_buffer_t buffer = {};
  halide_dimension_t dimensions[3];
};

/// One tile's arguments.
struct Call {
  std::vector<Argument> arguments;
  std::vector<void *> pointers;
};

/// One step of the network.
struct Step {
  const CompiledKernel *kernel;
  int line;
  std::vector<Call> tiles;
  double best = 1e9;
  std::vector<double> times;
};

/// Of a whole network.
struct Result {
  double peak = 0.0, total = 1e9; ///< Multiply-adds a second; seconds.
};

/// All steps of the network, `lines[i].count` of each kernel, with weights of
/// their own and activations in two alternating buffers. As in a session,
/// activations lie in huge pages; weights do if `hugeWeights`.
std::vector<Step> makeSteps(const std::vector<ShapeLine> &lines,
                            const std::vector<CompiledKernel> &kernels,
                            bool hugeWeights);

/// Runs the network `runs` times; fills each step's times.
Result measure(std::vector<Step> &steps, int runs, int vectorBytes);

#endif // MOBILEONE_BENCHMARKS_KERNELS_NETWORK_H
