//===- BlockCounts.h - What a program executed ------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_ESTIMATE_BLOCKCOUNTS_H
#define MOBILEONE_ESTIMATE_BLOCKCOUNTS_H

#include "compiler/Support/Diagnostics.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// Instructions that follow each other and ran `count` times.
struct ExecutedBlock {
  uint64_t address = 0; ///< Of the first, in the process.
  uint64_t count = 0;
  std::string bytes;
};

/// What runtime/tools/count writes.
struct BlockCounts {
  std::string architecture; ///< "aarch64", "x86_64".
  std::vector<ExecutedBlock> blocks;
};

/// Reads `text`, the content of `fileName`. Reports BadInput where it is no
/// such file, or a part of one.
std::optional<BlockCounts> parseBlockCounts(const std::string &text,
                                            const std::string &fileName,
                                            DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_ESTIMATE_BLOCKCOUNTS_H
