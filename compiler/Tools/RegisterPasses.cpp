//===- RegisterPasses.cpp - Every pass, for mlir-opt's command line -------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/RegisterPasses.h"

#include "compiler/Planning/Passes.h"
#include "compiler/Transforms/Passes.h"

#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mobileone;

void mobileone::registerAllPasses(PassEnvironment &environment) {
  mlir::registerCanonicalizerPass();
  mlir::registerCSEPass();
  registerTransformPasses(environment.weights);
  registerPlanningPasses(environment.weights);
  registerReferencePasses(environment.weights, environment.results);
}
