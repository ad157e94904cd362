//===- CompareResults.cpp - What functions return after a pass ------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Reference/Interpreter.h"
#include "compiler/Reference/Passes.h"
#include "compiler/Reference/RandomData.h"

#include "mlir/IR/BuiltinOps.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

using namespace mlir;
using namespace mobileone;

/// The largest difference, relative to the largest expected value; infinite if
/// the shapes differ or a value is not a number.
static double relativeDifference(const ReferenceTensor &found,
                                 const ReferenceTensor &expected) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (found.shape != expected.shape)
    return infinity;
  double largest = 0, difference = 0;
  for (size_t i = 0; i < expected.values.size(); ++i) {
    if (!std::isfinite(found.values[i]))
      return infinity;
    largest = std::max(largest, std::abs(expected.values[i]));
    difference =
        std::max(difference, std::abs(found.values[i] - expected.values[i]));
  }
  return difference == 0 ? 0 : difference / largest;
}

namespace {
struct CompareResults : PassWrapper<CompareResults, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(CompareResults)

  CompareResults(const WeightStore &weights, const RememberedResults &results)
      : weights(weights), results(results) {}
  CompareResults(const CompareResults &other)
      : PassWrapper(other), weights(other.weights), results(other.results) {}

  StringRef getArgument() const override { return "compare-results"; }
  StringRef getDescription() const override {
    return "Fail unless functions return what remember-results kept";
  }

  LogicalResult compare(func::FuncOp function) {
    auto expected = results.find(function.getName().str());
    if (expected == results.end())
      return function.emitError("has no remembered results");
    DiagnosticList diagnostics;
    auto found =
        interpret(function, weights, randomInputs(function, 1), diagnostics);
    if (!found)
      return function.emitError() << diagnostics.str();
    assert(found->size() == expected->second.size() &&
           "no pass changes what a function returns");
    for (size_t i = 0; i < found->size(); ++i) {
      double difference = relativeDifference((*found)[i], expected->second[i]);
      if (difference > tolerance)
        return function.emitError("result ")
               << i << " differs by " << difference << ", more than "
               << tolerance.getValue();
    }
    return success();
  }

  void runOnOperation() override {
    getOperation().walk([&](func::FuncOp function) {
      if (failed(compare(function)))
        signalPassFailure();
    });
    markAllAnalysesPreserved();
  }

  Option<double> tolerance{
      *this, "tolerance",
      llvm::cl::desc("Largest difference, relative to the largest value"),
      llvm::cl::init(1e-9)};
  const WeightStore &weights;
  const RememberedResults &results;
};
} // namespace

std::unique_ptr<Pass>
mobileone::createCompareResults(const WeightStore &weights,
                                const RememberedResults &results) {
  return std::make_unique<CompareResults>(weights, results);
}
