//===- RowSums.cpp - Sums over each row -----------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedules/algorithms/Algorithms.h"

using namespace Halide;

namespace mobileone::schedules {

Definition rowSums(const Op &op, const Tensor &input) {
  Dimensions d(input);
  Func sum("row_sum"), result("row_sums");
  RDom r(0, input.shape.width, "column");
  sum(d.all) = 0.0f;
  sum(d.all) += cast<float>(input.at(d.c, r.x, d.y));
  result(d.all) = finish(op, sum(d.all));
  return {result, sum, r};
}

} // namespace mobileone::schedules
