//===- InstructionKinds.h - What an instruction occupies --------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_ESTIMATE_INSTRUCTIONKINDS_H
#define MOBILEONE_ESTIMATE_INSTRUCTIONKINDS_H

#include "compiler/Estimate/OperationCounts.h"

namespace llvm {
class MCInst;
class MCInstrInfo;
class MCRegisterInfo;
} // namespace llvm

namespace mobileone {

/// LLVM's tables of an architecture.
struct InstructionTables {
  const llvm::MCInstrInfo &instructions;
  const llvm::MCRegisterInfo &registers;
};

/// What one instruction of the architecture takes.
using ClassifyInstruction = OperationCounts(const InstructionTables &tables,
                                            const llvm::MCInst &instruction);
ClassifyInstruction classifyArm64, classifyX86_64;

/// Whether an operand of `instruction` is a SIMD or floating-point register.
bool usesVectorRegister(const InstructionTables &tables,
                        const llvm::MCInst &instruction);

} // namespace mobileone

#endif // MOBILEONE_ESTIMATE_INSTRUCTIONKINDS_H
