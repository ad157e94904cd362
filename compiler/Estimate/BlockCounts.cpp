//===- BlockCounts.cpp - What a program executed --------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/BlockCounts.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

using namespace mobileone;

static constexpr char kTitle[] = "mobileone-count 1 ";

static bool parseBlock(llvm::StringRef line, ExecutedBlock &block) {
  auto [address, rest] = line.split(' ');
  auto [count, bytes] = rest.split(' ');
  return !address.getAsInteger(16, block.address) &&
         !count.getAsInteger(10, block.count) && !bytes.empty() &&
         llvm::tryGetFromHex(bytes, block.bytes);
}

std::optional<BlockCounts>
mobileone::parseBlockCounts(const std::string &text,
                            const std::string &fileName,
                            DiagnosticList &diagnostics) {
  auto report = [&](const std::string &message) {
    diagnostics.error(ErrorKind::BadInput, fileName, message);
    return std::nullopt;
  };
  auto [title, rest] = llvm::StringRef(text).split('\n');
  if (!title.consume_front(kTitle))
    return report("is not what mobileone-count writes, or of another version");
  BlockCounts counts;
  counts.architecture = title.str();
  for (unsigned number = 2; !rest.empty(); ++number) {
    llvm::StringRef line;
    std::tie(line, rest) = rest.split('\n');
    if (line == "end")
      return counts;
    ExecutedBlock block;
    if (!parseBlock(line, block))
      return report("line " + std::to_string(number) + " is no block: '" +
                    escapeForDisplay(line.str()) + "'");
    counts.blocks.push_back(std::move(block));
  }
  return report("ends before its last line");
}
