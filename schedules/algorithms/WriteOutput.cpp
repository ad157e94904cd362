//===- WriteOutput.cpp - A copy into the caller's layout ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedules/algorithms/Algorithms.h"

using namespace Halide;

namespace mobileone::schedules {

Definition writeOutput(const Op &op, const Tensor &input) {
  Dimensions d(input);
  Func result("output");
  result(d.all) = finish(op, input.at(d.c, d.x, d.y));
  return {result, Func(), RDom()};
}

} // namespace mobileone::schedules
