//===- Archive.cpp - Static libraries -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Archive.h"

#include "llvm/Object/ArchiveWriter.h"

using namespace llvm;
using namespace mobileone;

std::optional<std::string> mobileone::makeArchive(const std::string &object,
                                                  const std::string &member,
                                                  DiagnosticList &diagnostics) {
  NewArchiveMember file(MemoryBufferRef(object, member));
  Expected<std::unique_ptr<MemoryBuffer>> archive = writeArchiveToBuffer(
      file, SymtabWritingMode::NormalSymtab, file.detectKindFromObject(),
      /*Deterministic=*/true, /*Thin=*/false);
  if (!archive) {
    diagnostics.error(ErrorKind::Internal, member,
                      "cannot be put into a library: " +
                          toString(archive.takeError()));
    return std::nullopt;
  }
  return (*archive)->getBuffer().str();
}
