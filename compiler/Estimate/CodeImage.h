//===- CodeImage.h - Code as a process has it -------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_ESTIMATE_CODEIMAGE_H
#define MOBILEONE_ESTIMATE_CODEIMAGE_H

#include "compiler/Estimate/BlockCounts.h"
#include "compiler/Support/Diagnostics.h"

#include "llvm/Support/MemoryBufferRef.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

class CodeImage {
public:
  /// Reads the machine code and the functions of a shared object, or of an
  /// object file for Apple's systems. Reports BadInput.
  static std::optional<CodeImage> read(llvm::MemoryBufferRef object,
                                       DiagnosticList &diagnostics);

  /// Where the process had the image's address 0: the multiple of a page at
  /// which most of what was executed is what the image has there. Nothing where
  /// none of it is.
  std::optional<uint64_t> findBase(const BlockCounts &counts) const;

  /// The function at `address` of the image, without what C on its system puts
  /// in front of names; "" where there is none.
  std::string functionAt(uint64_t address) const;

private:
  struct Section {
    uint64_t address = 0;
    std::string bytes;
  };
  struct Function {
    uint64_t end = 0;
    std::string name;
  };
  std::vector<Section> sections;
  std::map<uint64_t, Function> functions; ///< By their start.
};

} // namespace mobileone

#endif // MOBILEONE_ESTIMATE_CODEIMAGE_H
