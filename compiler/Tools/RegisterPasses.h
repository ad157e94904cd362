//===- RegisterPasses.h - Every pass by its name ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_REGISTERPASSES_H
#define MOBILEONE_TOOLS_REGISTERPASSES_H

#include "compiler/Reference/Passes.h"
#include "compiler/Weights/WeightStore.h"

namespace mobileone {

/// What passes from the command line share.
struct PassEnvironment {
  WeightStore weights;
  RememberedResults results;
};

/// Registers every pass and pipeline of the compiler. `environment` must
/// outlive all passes.
void registerAllPasses(PassEnvironment &environment);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_REGISTERPASSES_H
