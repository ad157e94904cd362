//===- Passes.h - Passes that prove other passes by numbers -----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   mobileone-opt --random-weights --remember-results
//       --fold-batch-norm --compare-results
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_REFERENCE_PASSES_H
#define MOBILEONE_REFERENCE_PASSES_H

#include "compiler/Reference/ReferenceTensor.h"
#include "compiler/Weights/WeightStore.h"

#include "mlir/Pass/Pass.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace mobileone {

/// What each function returned for seeded random inputs.
using RememberedResults = std::map<std::string, std::vector<ReferenceTensor>>;

/// random-weights: gives every weight that the module names seeded random
/// values.
std::unique_ptr<mlir::Pass> createRandomWeights(WeightStore &weights);

/// remember-results: interprets each function and keeps its results in
/// `results`.
std::unique_ptr<mlir::Pass> createRememberResults(const WeightStore &weights,
                                                  RememberedResults &results);

/// compare-results: interprets each function again and fails where results
/// differ from the remembered ones by more than 1e-9 relative to the largest.
std::unique_ptr<mlir::Pass>
createCompareResults(const WeightStore &weights,
                     const RememberedResults &results);

/// Makes the passes known to mlir-opt's command line. The arguments must
/// outlive every pass that it creates.
void registerReferencePasses(WeightStore &weights, RememberedResults &results);

} // namespace mobileone

#endif // MOBILEONE_REFERENCE_PASSES_H
