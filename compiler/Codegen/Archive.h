//===- Archive.h - Static libraries -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_ARCHIVE_H
#define MOBILEONE_CODEGEN_ARCHIVE_H

#include "compiler/Support/Diagnostics.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mobileone {

/// A static library with one member, `object` called `member`; the same bytes
/// for the same content, whenever and by whomever it is made.
std::optional<std::string> makeArchive(const std::string &object,
                                       const std::string &member,
                                       DiagnosticList &diagnostics);

/// The members of `archives`, static libraries for one system, in one; the same
/// bytes for the same content. `where` is for messages.
std::optional<std::string>
mergeArchives(const std::vector<std::string_view> &archives,
              const std::string &where, DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_ARCHIVE_H
