//===- Arm64Instructions.cpp - What arm64's instructions occupy -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counted as Dougall Johnson measured them on Firestorm
// (https://dougallj.github.io/applecpu/firestorm.html): a pair is two loads and
// two slots, an updated address register is one slot more.
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/InstructionKinds.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstrInfo.h"

using namespace mobileone;
using llvm::StringRef;

static bool startsWithAny(StringRef name,
                          std::initializer_list<StringRef> prefixes) {
  for (StringRef prefix : prefixes)
    if (name.starts_with(prefix))
      return true;
  return false;
}

/// Registers that `name`, a load or a store, moves.
static unsigned accessesOf(StringRef name) {
  if (startsWithAny(name, {"LDP", "STP", "LDNP", "STNP", "LDPSW"}))
    return 2;
  // "LD1Fourv4s", "ST2Twov4s".
  unsigned count = name.contains("Twov")     ? 2
                   : name.contains("Threev") ? 3
                   : name.contains("Fourv")  ? 4
                                             : 1;
  return count;
}

static bool writesAddressBack(StringRef name) {
  return name.ends_with("post") || name.ends_with("pre") ||
         name.ends_with("_POST");
}

static bool isMultiplyAdd(StringRef name) {
  return startsWithAny(name, {"FMLA", "FMLS", "FMADD", "FMSUB", "FNMADD",
                              "FNMSUB", "SDOT", "UDOT", "USDOT", "BFDOT",
                              "BFMMLA", "SMMLA", "UMMLA"});
}

/// Whether renaming does all of a move between vector registers or of setting
/// one to zero: no unit is issued anything (Dougall Johnson,
/// https://dougallj.github.io/applecpu/measurements/firestorm/MOV_v_16B.html
/// and MOVI_v_8H_zero.html).
static bool isRenamed(StringRef name, const llvm::MCInst &instruction) {
  if (name == "ORRv16i8")
    return instruction.getOperand(1).getReg() ==
           instruction.getOperand(2).getReg();
  return name.starts_with("MOVIv") && instruction.getOperand(1).getImm() == 0;
}

OperationCounts mobileone::classifyArm64(const InstructionTables &tables,
                                         const llvm::MCInst &instruction) {
  const llvm::MCInstrDesc &description =
      tables.instructions.get(instruction.getOpcode());
  StringRef name = tables.instructions.getName(instruction.getOpcode());
  OperationCounts counts;
  counts.instructions = 1;
  counts.branches =
      description.isBranch() || description.isCall() || description.isReturn();
  bool vector = usesVectorRegister(tables, instruction);
  // A prefetch takes a load's place and moves nothing.
  if (startsWithAny(name, {"PRFM", "PRFUM"})) {
    counts.loads = counts.slots = 1;
    return counts;
  }
  unsigned accesses = accessesOf(name);
  counts.loads = description.mayLoad() ? accesses : 0;
  counts.stores = description.mayStore() ? accesses : 0;
  if (vector) {
    counts.vectorLoads = counts.loads;
    counts.vectorStores = counts.stores;
  }
  bool memory = counts.loads || counts.stores;
  // Single elements, broadcast or put into a lane, pass a SIMD pipe.
  counts.simd = vector && !isRenamed(name, instruction) &&
                (!memory || startsWithAny(name, {"LD1R", "LD1i", "ST1i"}));
  counts.multiplyAdds = counts.simd && isMultiplyAdd(name);
  counts.multiplies =
      counts.multiplyAdds || (counts.simd && name.starts_with("FMUL"));
  counts.slots = (memory ? accesses : 1) + (memory && counts.simd) +
                 (memory && writesAddressBack(name));
  return counts;
}
