//===- Linear.cpp - A matrix times a vector -------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedules/algorithms/Algorithms.h"

using namespace Halide;

namespace mobileone::schedules {

Definition linear(const Op &op, const Tensor &input, const Weight &filter,
                  const Weight &bias) {
  Dimensions d;
  Func sum("linear_sum"), result("linear");
  RDom r(0, filter.packing.paddedInputs, "input");
  Type type = typeOf(op.accumulatorType);
  sum(d.c, d.x, d.y) = cast(type, bias.vector(d.c));
  sum(d.c, d.x, d.y) +=
      filter.filter(d.c, 0, r.x) * cast(type, input.func(r.x, 0, 0));
  result(d.c, d.x, d.y) = finish(op, sum(d.c, d.x, d.y));
  return {result, sum, r};
}

} // namespace mobileone::schedules
