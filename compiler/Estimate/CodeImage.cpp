//===- CodeImage.cpp - Code as a process has it ---------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/CodeImage.h"

#include "llvm/Object/ObjectFile.h"
#include "llvm/Object/SymbolSize.h"

#include <algorithm>

using namespace llvm;
using namespace mobileone;

/// Fewer bytes stand in too many places.
static constexpr size_t kFewestBytes = 16;
static constexpr uint64_t kPage = 4096;

std::optional<CodeImage> CodeImage::read(MemoryBufferRef object,
                                         DiagnosticList &diagnostics) {
  auto report = [&](Error error) {
    diagnostics.error(ErrorKind::BadInput, object.getBufferIdentifier().str(),
                      "is no object file: " + toString(std::move(error)));
    return std::nullopt;
  };
  Expected<std::unique_ptr<object::ObjectFile>> file =
      object::ObjectFile::createObjectFile(object);
  if (!file)
    return report(file.takeError());
  CodeImage image;
  for (const object::SectionRef &section : (*file)->sections()) {
    if (!section.isText())
      continue;
    Expected<StringRef> bytes = section.getContents();
    if (!bytes)
      return report(bytes.takeError());
    image.sections.push_back({section.getAddress(), bytes->str()});
  }
  for (const auto &[symbol, size] : object::computeSymbolSizes(**file)) {
    Expected<object::SymbolRef::Type> type = symbol.getType();
    Expected<uint64_t> address = symbol.getAddress();
    Expected<StringRef> name = symbol.getName();
    if (!type || !address || !name)
      return report(joinErrors(
          joinErrors(type.takeError(), address.takeError()), name.takeError()));
    if (*type != object::SymbolRef::ST_Function || size == 0)
      continue;
    if ((*file)->isMachO())
      name->consume_front("_");
    image.functions[*address] = {*address + size, name->str()};
  }
  return image;
}

std::optional<uint64_t> CodeImage::findBase(const BlockCounts &counts) const {
  std::map<uint64_t, uint64_t> votes;
  for (const ExecutedBlock &block : counts.blocks) {
    if (block.bytes.size() < kFewestBytes)
      continue;
    for (const Section &section : sections)
      for (size_t at = section.bytes.find(block.bytes); at != std::string::npos;
           at = section.bytes.find(block.bytes, at + 1))
        if (uint64_t base = block.address - section.address - at;
            base % kPage == 0)
          votes[base] += block.bytes.size();
  }
  auto best = std::max_element(
      votes.begin(), votes.end(),
      [](const auto &a, const auto &b) { return a.second < b.second; });
  return best == votes.end() ? std::nullopt : std::optional(best->first);
}

std::string CodeImage::functionAt(uint64_t address) const {
  auto after = functions.upper_bound(address);
  if (after == functions.begin())
    return "";
  const Function &function = std::prev(after)->second;
  return address < function.end ? function.name : "";
}
