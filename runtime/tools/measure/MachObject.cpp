//===- MachObject.cpp - Runs objects for Apple's systems ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MachObject.h"

#include "MachRelocation.h"

#include <cerrno>
#include <cmath>
#include <cstring>
#include <sys/mman.h>

namespace mobileone::measure {

// Of Apple's mach-o/loader.h and mach-o/nlist.h.
static constexpr uint32_t kMagic64 = 0xfeedfacf, kArm64 = 0x0100000c,
                          kObjectFile = 1, kSegment64 = 0x19, kSymbolTable = 2,
                          kZeroFill = 1;
static constexpr uint64_t kMostBytes = uint64_t(1) << 32;
static constexpr uint8_t kTypeMask = 0x0e, kUndefined = 0, kInSection = 0x0e,
                         kExternal = 1;

namespace {

struct Header {
  uint32_t magic, cpuType, cpuSubtype, fileType, commands, commandBytes, flags,
      reserved;
};
struct Command {
  uint32_t kind, bytes;
};
struct Segment {
  Command command;
  char name[16];
  uint64_t address, size, fileOffset, fileSize;
  uint32_t mostProtection, protection, sections, flags;
};
struct Section {
  char name[16], segment[16];
  uint64_t address, size;
  uint32_t offset, alignment, relocationOffset, relocations, flags, reserved[3];
};
struct SymbolTable {
  Command command;
  uint32_t offset, count, stringOffset, stringBytes;
};
struct Symbol {
  uint32_t name;
  uint8_t type, section;
  uint16_t description;
  uint64_t value;
};

/// One attempt at loading; what goes wrong ends up in `problem`.
class Loader {
public:
  explicit Loader(const std::vector<uint8_t> &bytes) : bytes(bytes) {}

  /// Reads everything but the sections' content.
  bool read();
  /// Bytes of memory: the sections and, behind them, what leads outside.
  size_t memorySize() const;
  /// Copies the sections to `memory` and applies their relocations.
  bool place(uint8_t *memory);
  std::map<std::string, const void *> exported(const uint8_t *memory) const;

  std::string problem;

private:
  template <typename T> bool get(uint64_t offset, T &value) {
    if (offset > bytes.size() || bytes.size() - offset < sizeof(T))
      return fail("the object file is cut off");
    std::memcpy(&value, &bytes[offset], sizeof(T));
    return true;
  }
  bool fail(const std::string &text) {
    problem = text;
    return false;
  }
  bool readSections(uint64_t offset);
  bool readSymbols(uint64_t offset);
  bool relocate(const Section &section, uint8_t *memory);
  std::string nameOf(const Symbol &symbol) const;

  const std::vector<uint8_t> &bytes;
  std::vector<Section> sections;
  std::vector<Symbol> symbols;
  std::string names;
  /// Addresses of the symbols once they are placed.
  std::vector<uint64_t> addresses;
  size_t sectionBytes = 0;
};

} // namespace

/// What objects may ask for: the list in the runtime's README. Null: nothing.
static const void *findOutside(const std::string &name) {
  static const std::map<std::string, const void *> known = {
      {"_memcpy", reinterpret_cast<const void *>(std::memcpy)},
      {"_memmove", reinterpret_cast<const void *>(std::memmove)},
      {"_memset", reinterpret_cast<const void *>(std::memset)},
      {"_bzero", reinterpret_cast<const void *>(+[](void *to, size_t count) {
         std::memset(to, 0, count);
       })},
      {"_exp",
       reinterpret_cast<const void *>(static_cast<double (*)(double)>(exp))},
      {"_expf", reinterpret_cast<const void *>(expf)}};
  auto found = known.find(name);
  return found == known.end() ? nullptr : found->second;
}

bool Loader::read() {
  Header header;
  if (!get(0, header))
    return false;
  if (header.cpuType != kArm64 || header.fileType != kObjectFile)
    return fail("the object file is not for arm64");
  uint64_t offset = sizeof(Header);
  for (uint32_t i = 0; i < header.commands; ++i) {
    Command command;
    if (!get(offset, command))
      return false;
    if (command.kind == kSegment64 && !readSections(offset))
      return false;
    if (command.kind == kSymbolTable && !readSymbols(offset))
      return false;
    offset += command.bytes;
  }
  return true;
}

bool Loader::readSections(uint64_t offset) {
  Segment segment;
  if (!get(offset, segment))
    return false;
  for (uint32_t i = 0; i < segment.sections; ++i) {
    Section section;
    if (!get(offset + sizeof(segment) + i * sizeof(section), section))
      return false;
    if (section.address > kMostBytes || section.size > kMostBytes)
      return fail("the object file is damaged");
    sections.push_back(section);
    sectionBytes =
        std::max<size_t>(sectionBytes, section.address + section.size);
  }
  return true;
}

bool Loader::readSymbols(uint64_t offset) {
  SymbolTable table;
  if (!get(offset, table))
    return false;
  if (table.count > bytes.size() / sizeof(Symbol))
    return fail("the object file is cut off");
  symbols.resize(table.count);
  for (uint32_t i = 0; i < table.count; ++i)
    if (!get(table.offset + uint64_t(i) * sizeof(Symbol), symbols[i]))
      return false;
  if (uint64_t(table.stringOffset) + table.stringBytes > bytes.size())
    return fail("the object file is cut off");
  names.assign(&bytes[table.stringOffset],
               &bytes[table.stringOffset] + table.stringBytes);
  names += '\0';
  return true;
}

std::string Loader::nameOf(const Symbol &symbol) const {
  return symbol.name < names.size() ? &names[symbol.name] : "";
}

size_t Loader::memorySize() const {
  return sectionBytes + LinkArea::kAlignment +
         symbols.size() * LinkArea::kBytesPerSymbol;
}

bool Loader::place(uint8_t *memory) {
  LinkArea area(memory + sectionBytes);
  for (const Symbol &symbol : symbols) {
    uint64_t address = reinterpret_cast<uint64_t>(memory) + symbol.value;
    if ((symbol.type & kTypeMask) == kUndefined) {
      const void *outside = findOutside(nameOf(symbol));
      if (!outside)
        return fail("the object file asks for " + nameOf(symbol));
      // Libraries lie further away than a call reaches.
      address = area.addStub(outside);
    }
    addresses.push_back(address);
  }
  for (const Section &section : sections) {
    if ((section.flags & 0xff) == kZeroFill)
      continue;
    if (uint64_t(section.offset) + section.size > bytes.size())
      return fail("the object file is cut off");
    std::memcpy(memory + section.address, bytes.data() + section.offset,
                section.size);
  }
  for (const Section &section : sections)
    if (!relocate(section, memory))
      return false;
  return true;
}

bool Loader::relocate(const Section &section, uint8_t *memory) {
  Relocator relocator(memory + section.address, section.size);
  for (uint32_t i = 0; i < section.relocations; ++i) {
    Relocation relocation;
    if (!get(section.relocationOffset + uint64_t(i) * sizeof(relocation),
             relocation))
      return false;
    uint32_t number = relocation.symbol();
    uint64_t target = 0;
    if (relocation.isExternal() && number >= addresses.size())
      return fail("the object file is damaged");
    // Without a symbol the place holds an address within the object.
    target = relocation.isExternal() ? addresses[number]
                                     : reinterpret_cast<uint64_t>(memory);
    std::string text = relocator.apply(relocation, target);
    if (!text.empty())
      return fail(text);
  }
  return true;
}

std::map<std::string, const void *>
Loader::exported(const uint8_t *memory) const {
  std::map<std::string, const void *> result;
  for (const Symbol &symbol : symbols)
    if ((symbol.type & kTypeMask) == kInSection && (symbol.type & kExternal))
      result[nameOf(symbol)] = memory + symbol.value;
  return result;
}

MachObject::~MachObject() {
  if (memory)
    munmap(memory, size);
}

bool MachObject::isOne(const std::vector<uint8_t> &bytes) {
  uint32_t magic = 0;
  if (bytes.size() >= sizeof(magic))
    std::memcpy(&magic, bytes.data(), sizeof(magic));
  return magic == kMagic64;
}

std::string MachObject::load(const std::vector<uint8_t> &bytes) {
#ifndef __aarch64__
  return "this processor does not run objects for arm64";
#endif
  Loader loader(bytes);
  if (!loader.read())
    return loader.problem;
  size = loader.memorySize();
  void *mapped = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED)
    return std::string("no memory: ") + std::strerror(errno);
  memory = static_cast<uint8_t *>(mapped);
  if (!loader.place(memory))
    return loader.problem;
  // Models have no data that changes.
  if (mprotect(memory, size, PROT_READ | PROT_EXEC))
    return std::string("code is not allowed: ") + std::strerror(errno);
  char *begin = reinterpret_cast<char *>(memory);
  __builtin___clear_cache(begin, begin + size);
  exported = loader.exported(memory);
  return "";
}

const void *MachObject::find(const std::string &name) const {
  auto found = exported.find("_" + name);
  return found == exported.end() ? nullptr : found->second;
}

} // namespace mobileone::measure
