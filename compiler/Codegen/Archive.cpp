//===- Archive.cpp - Static libraries -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Archive.h"

#include "llvm/Object/Archive.h"
#include "llvm/Object/ArchiveWriter.h"

using namespace llvm;
using namespace mobileone;

static std::optional<std::string>
archiveOf(llvm::ArrayRef<NewArchiveMember> members, const std::string &where,
          DiagnosticList &diagnostics) {
  Expected<std::unique_ptr<MemoryBuffer>> archive =
      writeArchiveToBuffer(members, SymtabWritingMode::NormalSymtab,
                           members.front().detectKindFromObject(),
                           /*Deterministic=*/true, /*Thin=*/false);
  if (!archive) {
    diagnostics.error(ErrorKind::Internal, where,
                      "cannot be put into a library: " +
                          toString(archive.takeError()));
    return std::nullopt;
  }
  return (*archive)->getBuffer().str();
}

std::optional<std::string> mobileone::makeArchive(const std::string &object,
                                                  const std::string &member,
                                                  DiagnosticList &diagnostics) {
  return archiveOf(NewArchiveMember(MemoryBufferRef(object, member)), member,
                   diagnostics);
}

/// Appends the members of `archive`, which must outlive them.
static Error appendMembers(const object::Archive &archive,
                           std::vector<NewArchiveMember> &members) {
  Error error = Error::success();
  for (const object::Archive::Child &child : archive.children(error)) {
    Expected<NewArchiveMember> member =
        NewArchiveMember::getOldMember(child, /*Deterministic=*/true);
    if (!member)
      return joinErrors(std::move(error), member.takeError());
    members.push_back(std::move(*member));
  }
  return error;
}

std::optional<std::string>
mobileone::mergeArchives(const std::vector<std::string_view> &archives,
                         const std::string &where,
                         DiagnosticList &diagnostics) {
  std::vector<std::unique_ptr<object::Archive>> readers;
  std::vector<NewArchiveMember> members;
  for (std::string_view text : archives) {
    Expected<std::unique_ptr<object::Archive>> archive =
        object::Archive::create(
            MemoryBufferRef(StringRef(text.data(), text.size()), where));
    Error error =
        archive ? appendMembers(**archive, members) : archive.takeError();
    if (error || members.empty()) {
      diagnostics.error(
          ErrorKind::BadInput, where,
          "is not a static library" +
              (error ? ": " + toString(std::move(error)) : std::string()),
          "compile the model again");
      return std::nullopt;
    }
    readers.push_back(std::move(*archive));
  }
  return archiveOf(members, where, diagnostics);
}
