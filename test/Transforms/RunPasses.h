//===- RunPasses.h - Passes on a module in a test ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_TRANSFORMS_RUNPASSES_H
#define MOBILEONE_TEST_TRANSFORMS_RUNPASSES_H

#include "compiler/Transforms/Passes.h"

#include "mlir/IR/BuiltinOps.h"

#include <gtest/gtest.h>

namespace mobileone {

/// Brings `module` from the training to the inference form.
inline void reparameterize(mlir::ModuleOp module, WeightStore &weights) {
  mlir::PassManager manager(module.getContext());
  populateReparameterize(manager, weights);
  EXPECT_TRUE(succeeded(manager.run(module)));
}

} // namespace mobileone

#endif // MOBILEONE_TEST_TRANSFORMS_RUNPASSES_H
