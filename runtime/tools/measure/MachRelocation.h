//===- MachRelocation.h - Addresses in Apple's arm64 objects ----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_MEASURE_MACHRELOCATION_H
#define MOBILEONE_RUNTIME_TOOLS_MEASURE_MACHRELOCATION_H

#include <cstddef>
#include <cstdint>
#include <string>

namespace mobileone::measure {

/// `relocation_info` of Apple's mach-o/reloc.h.
struct Relocation {
  int32_t address; ///< Within the section.
  uint32_t bits;

  uint32_t symbol() const { return bits & 0xffffff; }
  unsigned lengthLog2() const { return bits >> 25 & 3; }
  bool isExternal() const { return bits >> 27 & 1; }
  unsigned type() const { return bits >> 28; }
};

/// Memory behind an object for stubs, which jump anywhere. Of each symbol there
/// is one at most.
class LinkArea {
public:
  static constexpr size_t kAlignment = 16, kBytesPerSymbol = 16;

  explicit LinkArea(uint8_t *memory);

  /// The address of code that jumps to `target`.
  uint64_t addStub(const void *target);

private:
  uint8_t *next;
};

/// Applies the relocations of one section, in order: some belong to the next.
class Relocator {
public:
  Relocator(uint8_t *section, uint64_t size) : section(section), size(size) {}

  /// `target` is the address of the relocation's symbol. Why it cannot be
  /// applied, or "".
  std::string apply(const Relocation &relocation, uint64_t target);

private:
  std::string store(uint8_t *place, uint64_t target, unsigned lengthLog2);
  std::string patch(uint8_t *place, unsigned type, uint64_t target);

  uint8_t *section;
  uint64_t size;
  int64_t addend = 0;      ///< For the next one.
  uint64_t subtracted = 0; ///< From the next one.
};

} // namespace mobileone::measure

#endif // MOBILEONE_RUNTIME_TOOLS_MEASURE_MACHRELOCATION_H
