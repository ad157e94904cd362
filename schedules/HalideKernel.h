//===- HalideKernel.h - A scheduled Halide pipeline -------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SCHEDULES_HALIDEKERNEL_H
#define MOBILEONE_SCHEDULES_HALIDEKERNEL_H

#include "Halide.h"

#include <vector>

namespace mobileone::schedules {

struct HalideKernel {
  /// Outputs: the layout's scratch buffers, then the request's outputs.
  Halide::Pipeline pipeline;
  /// The request's inputs, then the weights.
  std::vector<Halide::Argument> arguments;
};

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_HALIDEKERNEL_H
