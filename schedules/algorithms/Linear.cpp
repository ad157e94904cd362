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
  Dimensions d(input);
  Func sum("linear_sum"), result("linear");
  RDom r(0, filter.packing.paddedInputs, "input");
  Type type = typeOf(op.accumulatorType);
  sum(d.all) = cast(type, bias.vector(d.c));
  sum(d.all) += filter.filter(d.c, 0, r.x) * cast(type, input.at(r.x, 0, 0));
  result(d.all) = finish(op, sum(d.all));
  return {result, sum, r};
}

} // namespace mobileone::schedules
