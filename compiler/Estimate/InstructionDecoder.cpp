//===- InstructionDecoder.cpp - Which instruction does what ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/InstructionDecoder.h"

#include "compiler/Estimate/InstructionKinds.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCDisassembler/MCDisassembler.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/MCTargetOptions.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"

#include <algorithm>

using namespace llvm;
using namespace mobileone;

struct InstructionDecoder::State {
  Triple triple;
  ClassifyInstruction *classify = nullptr;
  std::unique_ptr<const MCRegisterInfo> registers;
  std::unique_ptr<const MCAsmInfo> assembly;
  std::unique_ptr<const MCInstrInfo> instructions;
  std::unique_ptr<const MCSubtargetInfo> subtarget;
  std::unique_ptr<MCContext> context;
  std::unique_ptr<MCDisassembler> disassembler;
};

InstructionDecoder::InstructionDecoder(std::unique_ptr<State> state)
    : state(std::move(state)) {}
InstructionDecoder::~InstructionDecoder() = default;

std::unique_ptr<InstructionDecoder>
InstructionDecoder::create(const std::string &architecture) {
  auto state = std::make_unique<State>();
  state->triple = Triple(architecture + "-unknown-linux-gnu");
  if (state->triple.getArch() == Triple::aarch64)
    state->classify = classifyArm64;
  else if (state->triple.getArch() == Triple::x86_64)
    state->classify = classifyX86_64;
  else
    return nullptr;
  InitializeAllTargetInfos();
  InitializeAllTargetMCs();
  InitializeAllDisassemblers();
  std::string error;
  const Target *target = TargetRegistry::lookupTarget(state->triple, error);
  if (!target)
    return nullptr;
  MCTargetOptions options;
  // Every extension: what is decoded was executed.
  const char *features =
      state->triple.getArch() == Triple::aarch64 ? "+all" : "";
  state->registers.reset(target->createMCRegInfo(state->triple));
  state->assembly.reset(
      target->createMCAsmInfo(*state->registers, state->triple, options));
  state->instructions.reset(target->createMCInstrInfo());
  state->subtarget.reset(
      target->createMCSubtargetInfo(state->triple, "", features));
  state->context = std::make_unique<MCContext>(
      state->triple, state->assembly.get(), state->registers.get(),
      state->subtarget.get());
  state->disassembler.reset(
      target->createMCDisassembler(*state->subtarget, *state->context));
  return std::unique_ptr<InstructionDecoder>(
      new InstructionDecoder(std::move(state)));
}

bool mobileone::usesVectorRegister(const InstructionTables &tables,
                                   const MCInst &instruction) {
  for (const MCOperand &operand : instruction) {
    if (!operand.isReg() || !operand.getReg())
      continue;
    StringRef name = tables.registers.getName(operand.getReg());
    if (name.starts_with("XMM") || name.starts_with("YMM") ||
        name.starts_with("ZMM"))
      return true;
    // "D7", "Q0_Q1", but not "DX" or "SP".
    if (name.size() > 1 && StringRef("BHSDQZ").contains(name[0]) &&
        isDigit(name[1]))
      return true;
  }
  return false;
}

/// Whether `instruction` has the flags among `registers`.
static bool hasFlags(const MCRegisterInfo &names,
                     ArrayRef<MCPhysReg> registers) {
  return any_of(registers, [&](MCPhysReg number) {
    StringRef name = names.getName(number);
    return name == "NZCV" || name == "EFLAGS";
  });
}

/// Whether what is `left` at the end of `block` is the start of an instruction
/// that goes on in the next page: QEMU runs it in a block of its own and shows
/// here what it had read of it, which ends where a field of up to 8 bytes would
/// have crossed the border.
static bool isCutByPage(const ExecutedBlock &block, size_t left) {
  constexpr uint64_t page = 4096, longest = 15, widestField = 8;
  uint64_t end = block.address + block.bytes.size();
  return left < longest && (page - end % page) % page < widestField;
}

OperationCounts InstructionDecoder::count(const ExecutedBlock &block,
                                          uint64_t &unknown) const {
  OperationCounts total;
  InstructionTables tables{*state->instructions, *state->registers};
  ArrayRef<uint8_t> rest = arrayRefFromStringRef(block.bytes);
  bool comparison = false; ///< The previous instruction set the flags.
  while (!rest.empty()) {
    MCInst instruction;
    uint64_t size = 0;
    if (state->disassembler->getInstruction(
            instruction, size, rest, 0, nulls()) != MCDisassembler::Success) {
      if (isCutByPage(block, rest.size()))
        break;
      size = std::clamp<uint64_t>(size, 1, rest.size());
      unknown += size;
      comparison = false;
    } else {
      const MCInstrDesc &description =
          tables.instructions.get(instruction.getOpcode());
      total += state->classify(tables, instruction);
      // A core decodes a comparison and the branch on it as one.
      if (comparison && description.isConditionalBranch() &&
          hasFlags(tables.registers, description.implicit_uses()))
        --total.slots;
      comparison = hasFlags(tables.registers, description.implicit_defs());
    }
    rest = rest.drop_front(size);
  }
  return total;
}
