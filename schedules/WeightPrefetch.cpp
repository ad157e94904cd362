//===- WeightPrefetch.cpp - Fetching weights ahead ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/WeightPrefetch.h"

#include <algorithm>

using namespace Halide;
using namespace Halide::Internal;

namespace mobileone::schedules {

namespace {

/// for (panel)                  for (panel)
///   for (tiles ...)              for (tiles ...)
///     for (k)             ->       for (k)
///       sum += ...                   prefetch(panel + ahead + number * rate)
///                                    sum += ...
///
/// where `number` counts a panel's iterations and `rate` times their count is
/// the panel's size.
class InsertPrefetch : public IRMutator {
public:
  InsertPrefetch(const Definition &product, const Weight &filter, int rows,
                 int floatsAhead)
      : result(product.result.name() + ".s0."),
        reduction(product.sum.name() + ".s1." + product.reduction[0].name()),
        buffer(filter.buffer),
        panelFloats(int(filter.packing.elements() /
                        filter.packing.paddedOutputs * filter.packing.panel)),
        rows(rows), floatsAhead(floatsAhead) {}

private:
  using IRMutator::visit;

  Stmt visit(const For *loop) override {
    bool isReduction = starts_with(loop->name, reduction);
    if (!isReduction && !starts_with(loop->name, result))
      return IRMutator::visit(loop);
    Expr variable = Variable::make(Int(32), loop->name);
    Expr extent = is_const(loop->extent) ? loop->extent : Expr(rows);
    Expr outerPanel = panel, outerNumber = number, outerCount = count;
    if (ends_with(loop->name, ".panel")) {
      panel = variable;
      number = 0;
      count = 1;
    } else if (panel.defined()) {
      number = number * extent + (variable - loop->min);
      count = simplify(count * extent);
    }
    Stmt body = mutate(loop->body);
    if (isReduction && panel.defined())
      body = Block::make(Evaluate::make(prefetch()), body);
    panel = outerPanel;
    number = outerNumber;
    count = outerCount;
    return For::make(loop->name, loop->min, loop->extent, loop->for_type,
                     loop->partition_policy, loop->device_api, body);
  }

  Expr prefetch() const {
    Expr base = Variable::make(Handle(), buffer);
    Expr rate = simplify((Expr(panelFloats) + count - 1) / count);
    Expr offset = simplify(panel * panelFloats + floatsAhead + number * rate);
    return Call::make(Float(32), Call::prefetch, {base, offset, 1, 1},
                      Call::Intrinsic);
  }

  std::string result, reduction, buffer;
  int panelFloats, rows, floatsAhead;
  /// Around the statement in hand: the panel, the iteration's number in the
  /// panel, the panel's iterations.
  Expr panel, number, count;
};

} // namespace

void prefetchWeights(HalideKernel &kernel, const Definition &product,
                     const Weight &filter, int rows, int bytesAhead) {
  int64_t floats = std::min<int64_t>(filter.packing.elements(), bytesAhead / 4);
  kernel.pipeline.add_custom_lowering_pass(
      new InsertPrefetch(product, filter, rows, int(floats)));
}

} // namespace mobileone::schedules
