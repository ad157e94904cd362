//===- X86_64Instructions.cpp - What x86-64's instructions occupy ---------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counted as AMD describes it in its Software Optimization Guide for the Zen 4
// microarchitecture (57647): an instruction with a memory operand takes one
// place in the width.
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/InstructionKinds.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstrInfo.h"

using namespace mobileone;
using llvm::StringRef;

/// `name` without the V of AVX.
static StringRef withoutV(StringRef name) {
  name.consume_front("V");
  return name;
}

static bool isMultiplyAdd(StringRef name) {
  name = withoutV(name);
  return name.starts_with("FMADD") || name.starts_with("FMSUB") ||
         name.starts_with("FNMADD") || name.starts_with("FNMSUB") ||
         name.starts_with("DPBF16") || name.starts_with("PDPB") ||
         name.starts_with("PDPW");
}

static bool isMultiply(StringRef name) {
  name = withoutV(name);
  return name.starts_with("MULP") || name.starts_with("MULS") ||
         name.starts_with("PMUL") || name.starts_with("PMADD");
}

/// Whether the load, store or renaming unit does all that `name` does.
static bool isMove(StringRef name, bool memory) {
  name = withoutV(name);
  bool broadcast =
      name.starts_with("BROADCAST") || name.starts_with("PBROADCAST");
  return (name.starts_with("MOV") && !name.contains("DUP") &&
          !name.starts_with("MOVMSK") && !name.starts_with("MOVHL") &&
          !name.starts_with("MOVLH")) ||
         (broadcast && memory);
}

/// `vxorps x, y, y`, which no pipe executes.
static bool isZeroing(StringRef name, const llvm::MCInst &instruction) {
  name = withoutV(name);
  unsigned count = instruction.getNumOperands();
  return (name.starts_with("XORP") || name.starts_with("PXOR")) && count >= 2 &&
         instruction.getOperand(count - 1).isReg() &&
         instruction.getOperand(count - 2).isReg() &&
         instruction.getOperand(count - 1).getReg() ==
             instruction.getOperand(count - 2).getReg();
}

OperationCounts mobileone::classifyX86_64(const InstructionTables &tables,
                                          const llvm::MCInst &instruction) {
  const llvm::MCInstrDesc &description =
      tables.instructions.get(instruction.getOpcode());
  StringRef name = tables.instructions.getName(instruction.getOpcode());
  OperationCounts counts;
  counts.instructions = counts.slots = 1;
  counts.branches =
      description.isBranch() || description.isCall() || description.isReturn();
  // A prefetch takes a load's place and moves nothing.
  if (name.starts_with("PREFETCH")) {
    counts.loads = 1;
    return counts;
  }
  // Calls and returns move their address.
  counts.loads = description.mayLoad() || description.isReturn();
  counts.stores = description.mayStore() || description.isCall();
  if (!usesVectorRegister(tables, instruction))
    return counts;
  counts.vectorLoads = counts.loads;
  counts.vectorStores = counts.stores;
  counts.simd = !isMove(name, counts.loads || counts.stores) &&
                !isZeroing(name, instruction);
  counts.multiplyAdds = isMultiplyAdd(name);
  counts.multiplies = counts.multiplyAdds || isMultiply(name);
  return counts;
}
