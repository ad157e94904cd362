//===- OutputFolder.h - Results that appear whole or not at all -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_OUTPUTFOLDER_H
#define MOBILEONE_CODEGEN_OUTPUTFOLDER_H

#include "compiler/Support/Diagnostics.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mobileone {

/// Collects files in a temporary folder beside the destination and moves them
/// there at the end. Without `commit` the destination stays as it was.
class OutputFolder {
public:
  /// `destination` need not exist; its parents are made.
  explicit OutputFolder(std::string destination);
  ~OutputFolder();
  OutputFolder(const OutputFolder &) = delete;
  OutputFolder &operator=(const OutputFolder &) = delete;

  /// Makes the temporary folder. False after a BadInput error.
  bool open(DiagnosticList &diagnostics);

  /// Writes the file `name`, which may lie in subfolders. False after a
  /// BadInput error that names the file: no space, no permission.
  bool write(const std::string &name, const char *data, size_t bytes,
             DiagnosticList &diagnostics);
  bool write(const std::string &name, const std::string &text,
             DiagnosticList &diagnostics) {
    return write(name, text.data(), text.size(), diagnostics);
  }

  /// Moves the files to the destination, replacing those of the same name; a
  /// subfolder replaces the one of its name.
  bool commit(DiagnosticList &diagnostics);

  /// Names that were written, in order.
  const std::vector<std::string> &files() const { return names; }
  /// Where `name` is before commit.
  std::string temporaryPath(const std::string &name) const;

private:
  std::string destination, temporary;
  std::vector<std::string> names;
};

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_OUTPUTFOLDER_H
