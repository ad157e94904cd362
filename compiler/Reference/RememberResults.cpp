//===- RememberResults.cpp - What functions return before a pass ----------===//
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
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;
using namespace mobileone;

namespace {
struct RememberResults : PassWrapper<RememberResults, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(RememberResults)

  RememberResults(const WeightStore &weights, RememberedResults &results)
      : weights(weights), results(results) {}

  StringRef getArgument() const override { return "remember-results"; }
  StringRef getDescription() const override {
    return "Interpret each function for compare-results";
  }

  void runOnOperation() override {
    getOperation().walk([&](func::FuncOp function) {
      DiagnosticList diagnostics;
      auto found =
          interpret(function, weights, randomInputs(function, 1), diagnostics);
      if (found) {
        results[function.getName().str()] = std::move(*found);
        return;
      }
      function.emitError() << diagnostics.str();
      signalPassFailure();
    });
    markAllAnalysesPreserved();
  }

  const WeightStore &weights;
  RememberedResults &results;
};
} // namespace

std::unique_ptr<Pass>
mobileone::createRememberResults(const WeightStore &weights,
                                 RememberedResults &results) {
  return std::make_unique<RememberResults>(weights, results);
}

void mobileone::registerReferencePasses(WeightStore &weights,
                                        RememberedResults &results) {
  registerPass([&] { return createRandomWeights(weights); });
  registerPass([&] { return createRememberResults(weights, results); });
  registerPass([&] { return createCompareResults(weights, results); });
}
