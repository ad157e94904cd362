//===- TableEmitter.h - model_abi.h's tables as LLVM constants -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_TABLEEMITTER_H
#define MOBILEONE_CODEGEN_TABLEEMITTER_H

#include "compiler/Codegen/ModelTables.h"

#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Module.h"

namespace mobileone {

/// The packed weights as tables mention them.
struct WeightsReference {
  /// The blob, or null where the caller supplies it.
  llvm::Constant *pointer = nullptr;
  uint64_t bytes = 0;
  uint64_t id = 0; ///< mobileone_model::weights_id.
};

/// Defines the mobileone_model and all it points to in `module`, which has the
/// kernels already: `<symbol>_argv` of every job. The module's data layout must
/// be the target's. The table is visible and has no name yet.
llvm::GlobalVariable *emitModelTables(const ModelTables &tables,
                                      const WeightsReference &weights,
                                      llvm::Module &module);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_TABLEEMITTER_H
