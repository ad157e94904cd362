//===- GlobalAveragePool.cpp - Mean over all pixels -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedules/algorithms/Algorithms.h"

using namespace Halide;

namespace mobileone::schedules {

Definition globalAveragePool(const Op &op, const Tensor &input) {
  Dimensions d(input);
  Func sum("pool_sum"), result("pool");
  RDom r(0, input.shape.width, 0, input.shape.height, "pixel");
  sum(d.all) = 0.0f;
  sum(d.all) += cast<float>(input.at(d.c, r.x, r.y));
  float pixels = float(input.shape.width) * float(input.shape.height);
  result(d.all) = finish(op, sum(d.all) * (1.0f / pixels));
  return {result, sum, r};
}

} // namespace mobileone::schedules
