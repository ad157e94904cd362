//===- Excite.cpp - Squeeze-excite's two layers ---------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedules/algorithms/Algorithms.h"

using namespace Halide;

namespace mobileone::schedules {

static Definition meanOfRows(const Op &op, const Tensor &rows) {
  Dimensions d(rows);
  Func sum("mean_sum"), result("mean");
  RDom r(0, rows.shape.height, "row");
  sum(d.all) = 0.0f;
  sum(d.all) += cast<float>(rows.at(d.c, 0, r.x));
  result(d.all) = sum(d.all) * (1.0f / float(op.pixels));
  return {result, sum, r};
}

static Definition layer(const char *name, const Tensor &input,
                        const Weight &filter, const Weight &bias) {
  Dimensions d(input);
  Func sum(std::string(name) + "_sum"), result(name);
  RDom r(0, filter.packing.paddedInputs, "input");
  sum(d.all) = bias.vector(d.c);
  sum(d.all) += filter.filter(d.c, 0, r.x) * input.at(r.x, 0, 0);
  return {result, sum, r};
}

ExciteDefinition excite(const Op &op, const Tensor &rowSums,
                        const Weight &reduceFilter, const Weight &reduceBias,
                        const Weight &expandFilter, const Weight &expandBias) {
  Dimensions d(rowSums);
  ExciteDefinition result;
  result.mean = meanOfRows(op, rowSums);
  result.hidden = layer("hidden", {result.mean.result, op.result}, reduceFilter,
                        reduceBias);
  result.hidden.result(d.all) = max(result.hidden.sum(d.all), 0.0f);
  result.gate = layer("gate", {result.hidden.result, {op.hidden, 1, 1}},
                      expandFilter, expandBias);
  // The vectorizable exponential, so that no maths library is needed. It
  // converts its argument to an integer, and is 0 or infinite at these bounds.
  Expr sum = clamp(result.gate.sum(d.all), -126.0f, 126.0f);
  Expr exponential = Internal::halide_exp(-sum);
  Expr gate =
      select(d.c < op.result.channels, 1.0f / (1.0f + exponential), 0.0f);
  result.gate.result(d.all) = finish(op, gate);
  return result;
}

} // namespace mobileone::schedules
