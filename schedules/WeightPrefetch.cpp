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
/// the panel's size. Of reductions one after another, unrolled tiles, the first
/// fetches for all.
class InsertPrefetch : public IRMutator {
public:
  InsertPrefetch(const Definition &product, const Weight &filter,
                 const KernelLayout &layout, int elementsAhead)
      : output(product.result.name()), result(output + ".s0."),
        reduction(product.sum.name() + ".s1." + product.reduction[0].name()),
        buffer(filter.buffer), panelOutputs(filter.packing.panel),
        type(typeOf(filter.packing.type)),
        panelElements(int(filter.packing.elements() /
                          filter.packing.paddedOutputs * panelOutputs)),
        elementsAhead(elementsAhead), rows(layout.tileExtent),
        cutsOutputs(layout.tileDimension == 0) {}

private:
  using IRMutator::visit;

  Stmt visit(const For *loop) override {
    bool isReduction = starts_with(loop->name, reduction);
    if (!isReduction && !starts_with(loop->name, result))
      return IRMutator::visit(loop);
    Expr variable = Variable::make(Int(32), loop->name);
    // A tile's rows are not a constant, and the last tile may have fewer.
    Expr extent = is_const(loop->extent) ? loop->extent : Expr(rows);
    Expr outerPanel = panel, outerNumber = number, outerCount = count;
    if (ends_with(loop->name, ".panel")) {
      panel = firstPanel() + variable;
      number = 0;
      count = 1;
    } else if (panel.defined()) {
      number = number * extent + (variable - loop->min);
      count = simplify(count * extent);
    }
    if (!isReduction)
      hasFetched = false;
    Stmt body = mutate(loop->body);
    if (isReduction && panel.defined() && !hasFetched) {
      body = Block::make(prefetches(), body);
      hasFetched = true;
    }
    panel = outerPanel;
    number = outerNumber;
    count = outerCount;
    return For::make(loop->name, loop->min, loop->extent, loop->for_type,
                     loop->partition_policy, loop->device_api, body);
  }

  /// Of the tile, from which loops count.
  Expr firstPanel() const {
    if (!cutsOutputs)
      return 0;
    return Variable::make(Int(32), output + ".min.0") / panelOutputs;
  }

  /// Of every cache line that an iteration uses.
  Stmt prefetches() const {
    const int lineElements = 64 / type.bytes();
    int iterations = int(*as_const_int(count));
    int rate = (panelElements + iterations - 1) / iterations;
    Expr base = Variable::make(Handle(), buffer);
    Expr first = panel * panelElements + elementsAhead + number * rate;
    std::vector<Stmt> stmts;
    for (int ahead = 0; ahead < rate; ahead += lineElements)
      stmts.push_back(Evaluate::make(
          Call::make(type, Call::prefetch,
                     {base, simplify(first + ahead), 1, 1}, Call::Intrinsic)));
    return Block::make(stmts);
  }

  std::string output, result, reduction, buffer;
  int panelOutputs;
  Type type; ///< Of the weights.
  int panelElements, elementsAhead, rows;
  bool cutsOutputs;
  /// Around the statement in hand: the panel, the iteration's number in the
  /// panel, the panel's iterations.
  Expr panel, number, count;
  /// Whether a reduction of the innermost loop over results fetches already.
  bool hasFetched = false;
};

} // namespace

void prefetchWeights(HalideKernel &kernel, const Definition &product,
                     const Weight &filter, const KernelLayout &layout,
                     int bytesAhead) {
  int64_t elements = std::min<int64_t>(
      filter.packing.elements(), bytesAhead / bytesOf(filter.packing.type));
  kernel.pipeline.add_custom_lowering_pass(
      new InsertPrefetch(product, filter, layout, int(elements)));
}

} // namespace mobileone::schedules
