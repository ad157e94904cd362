//===- mobileone-opt.cpp - Runs passes on textual IR ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Tools/RegisterPasses.h"
#include "compiler/Weights/Safetensors.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"

using namespace mlir;
using namespace mobileone;

static llvm::cl::opt<std::string> weightsFile(
    "weights", llvm::cl::value_desc("file"),
    llvm::cl::desc("Safetensors with the weights that the IR names"));

int main(int argc, char **argv) {
  llvm::InitLLVM initialize(argc, argv);
  DialectRegistry registry;
  registry.insert<MobileOneDialect, func::FuncDialect>();
  PassEnvironment environment;
  registerAllPasses(environment);
  auto [input, output] = registerAndParseCLIOptions(
      argc, argv,
      "passes of the mobileone compiler\n\n"
      "Weights that the IR names come from --weights FILE, or are made by the\n"
      "pass --random-weights=seed=N, in its place among the other passes.\n",
      registry);
  if (!weightsFile.empty()) {
    DiagnosticList diagnostics;
    auto weights = readSafetensors(weightsFile, diagnostics);
    if (!weights) {
      llvm::errs() << diagnostics.str();
      return diagnostics.exitCode();
    }
    environment.weights = std::move(*weights);
  }
  return asMainReturnCode(MlirOptMain(argc, argv, input, output, registry));
}
