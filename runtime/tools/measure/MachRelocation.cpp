//===- MachRelocation.cpp - Addresses in Apple's arm64 objects ------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MachRelocation.h"

#include <cstring>

namespace mobileone::measure {

// `reloc_type_arm64` of Apple's mach-o/arm64/reloc.h. Where code loads an
// address from a table, which a linker would make, it computes the address
// here.
enum : unsigned {
  kUnsigned = 0,
  kSubtractor = 1,
  kBranch26 = 2,
  kPage21 = 3,
  kPageOffset12 = 4,
  kGotLoadPage21 = 5,
  kGotLoadPageOffset12 = 6,
  kAddend = 10
};

LinkArea::LinkArea(uint8_t *memory)
    : next(memory +
           (kAlignment - reinterpret_cast<uintptr_t>(memory) % kAlignment)) {}

uint64_t LinkArea::addStub(const void *target) {
  // ldr x16, #8; br x16; the address.
  const uint32_t code[] = {0x58000050, 0xd61f0200};
  uint8_t *stub = next;
  std::memcpy(stub, code, sizeof(code));
  std::memcpy(stub + sizeof(code), &target, sizeof(target));
  next += kBytesPerSymbol;
  return reinterpret_cast<uint64_t>(stub);
}

/// Replaces the `bits` bits from `shift` on of the instruction at `place`.
static void setField(uint8_t *place, unsigned shift, unsigned bits,
                     uint64_t value) {
  uint32_t instruction, mask = ((1u << bits) - 1) << shift;
  std::memcpy(&instruction, place, sizeof(instruction));
  instruction = (instruction & ~mask) | (uint32_t(value << shift) & mask);
  std::memcpy(place, &instruction, sizeof(instruction));
}

/// log2 of what the immediate of the instruction at `place` counts in.
static unsigned scaleOf(const uint8_t *place) {
  uint32_t instruction;
  std::memcpy(&instruction, place, sizeof(instruction));
  if ((instruction & 0x3b000000) != 0x39000000)
    return 0; // An addition.
  bool isVector128 = (instruction & 0xc4800000) == 0x04800000;
  return isVector128 ? 4 : instruction >> 30;
}

/// Makes `ldr x, [x, #got]` an `add x, x, #offset`.
static void relaxLoad(uint8_t *place) {
  uint32_t instruction;
  std::memcpy(&instruction, place, sizeof(instruction));
  instruction = (instruction & 0x3ff) | 0x91000000;
  std::memcpy(place, &instruction, sizeof(instruction));
}

std::string Relocator::apply(const Relocation &relocation, uint64_t target) {
  size_t bytes = size_t(1) << relocation.lengthLog2();
  if (relocation.address < 0 || uint64_t(relocation.address) + bytes > size)
    return "the object file is damaged";
  uint8_t *place = section + relocation.address;
  switch (relocation.type()) {
  case kAddend:
    // 24 bits with a sign, where others have the symbol's number.
    addend = int32_t(relocation.symbol() << 8) >> 8;
    return "";
  case kSubtractor:
    subtracted = target;
    return "";
  case kUnsigned:
    return store(place, target, relocation.lengthLog2());
  }
  return patch(place, relocation.type(), target);
}

std::string Relocator::store(uint8_t *place, uint64_t target,
                             unsigned lengthLog2) {
  uint64_t change = target - subtracted;
  subtracted = 0;
  if (lengthLog2 == 3) {
    uint64_t value;
    std::memcpy(&value, place, sizeof(value));
    value += change;
    std::memcpy(place, &value, sizeof(value));
    return "";
  }
  if (lengthLog2 != 2)
    return "the object file has an address of " +
           std::to_string(1 << lengthLog2) + " bytes";
  uint32_t value;
  std::memcpy(&value, place, sizeof(value));
  value += uint32_t(change);
  std::memcpy(place, &value, sizeof(value));
  return "";
}

std::string Relocator::patch(uint8_t *place, unsigned type, uint64_t target) {
  target += uint64_t(addend);
  addend = 0;
  uint64_t here = reinterpret_cast<uint64_t>(place);
  switch (type) {
  case kBranch26:
    setField(place, 0, 26, (target - here) >> 2);
    return "";
  case kGotLoadPage21:
  case kPage21: {
    uint64_t pages = (target >> 12) - (here >> 12);
    setField(place, 29, 2, pages);
    setField(place, 5, 19, pages >> 2);
    return "";
  }
  case kGotLoadPageOffset12:
    relaxLoad(place);
    setField(place, 10, 12, target & 0xfff);
    return "";
  case kPageOffset12:
    setField(place, 10, 12, (target & 0xfff) >> scaleOf(place));
    return "";
  }
  return "the object file has relocations of type " + std::to_string(type);
}

} // namespace mobileone::measure
