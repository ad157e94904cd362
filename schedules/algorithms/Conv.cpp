//===- Conv.cpp - 2-D convolution -----------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedules/algorithms/Algorithms.h"

using namespace Halide;

namespace mobileone::schedules {

static Expr tapAt(const Op &op, const Tensor &input, Expr channel, Expr tap,
                  const Dimensions &d) {
  if (op.kernel == 1)
    return readPadded(input, op.padding, channel, d.x * op.stride - op.padding,
                      d.y * op.stride - op.padding);
  return readPadded(input, op.padding, channel,
                    d.x * op.stride + tap % op.kernel - op.padding,
                    d.y * op.stride + tap / op.kernel - op.padding);
}

Definition conv(const Op &op, const Tensor &input, const Weight &filter,
                const Weight &bias) {
  Dimensions d(input);
  Func sum("conv_sum"), result("conv");
  Type type = typeOf(op.accumulatorType);
  sum(d.all) = cast(type, bias.vector(d.c));
  int taps = op.kernel * op.kernel;
  RDom r;
  if (filter.packing.kind == PackingKind::DepthwiseTaps) {
    r = RDom(0, taps, "tap");
    sum(d.all) +=
        filter.filter(d.c, r.x, 0) * cast(type, tapAt(op, input, d.c, r.x, d));
  } else {
    int inputs = filter.packing.paddedInputs;
    r = taps == 1 ? RDom(0, inputs, "input")
                  : RDom(0, inputs, 0, taps, "input");
    Expr tap = taps == 1 ? Expr(0) : Expr(r.y);
    sum(d.all) += filter.filter(d.c, tap, r.x) *
                  cast(type, tapAt(op, input, r.x, tap, d));
  }
  result(d.all) = finish(op, sum(d.all));
  return {result, sum, r};
}

Definition convOfRows(const Op &op, Func rows, int channels,
                      const Weight &filter, const Weight &bias) {
  Dimensions d;
  Func sum("conv_sum"), result("conv");
  RDom r(0, channels, 0, op.kernel, 0, op.kernel, "input");
  Expr column = d.x * op.stride + r.y, plane = r.z * channels + r.x;
  Expr tap = r.z * op.kernel + r.y;
  Type type = typeOf(op.accumulatorType);
  sum(d.all) = cast(type, bias.vector(d.c));
  sum(d.all) +=
      filter.filter(d.c, tap, r.x) * cast(type, rows(column, plane, d.y));
  result(d.all) = finish(op, sum(d.all));
  return {result, sum, r};
}

} // namespace mobileone::schedules
