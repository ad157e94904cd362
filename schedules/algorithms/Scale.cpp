//===- Scale.cpp - Activations times a gate per channel -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedules/algorithms/Algorithms.h"

using namespace Halide;

namespace mobileone::schedules {

Definition scale(const Op &op, const Tensor &input, const Tensor &gate) {
  Dimensions d(input);
  Func result("scale");
  // A product of halves is exact in f32, so either type rounds it once.
  Type type = typeOf(op.accumulatorType);
  result(d.all) = finish(op, cast(type, input.at(d.c, d.x, d.y)) *
                                 cast(type, gate.at(d.c, 0, 0)));
  return {result, Func(), RDom()};
}

} // namespace mobileone::schedules
