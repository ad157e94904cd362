//===- MappedFile.h - A file's bytes, mapped read-only ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SUPPORT_MAPPEDFILE_H
#define MOBILEONE_SUPPORT_MAPPEDFILE_H

#include "compiler/Support/Diagnostics.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace mobileone {

/// A regular file, mapped read-only for as long as this lives. Symbolic links
/// are followed, as model caches consist of them; what is checked is the file
/// that was opened. Whoever cuts the file short meanwhile ends the process:
/// that is how mapping works.
class MappedFile {
public:
  /// Null, with a BadInput error, if `path` does not exist, is not readable, or
  /// is a folder, a pipe or a device.
  static std::shared_ptr<const MappedFile> open(const std::string &path,
                                                DiagnosticList &diagnostics);
  ~MappedFile();
  MappedFile(const MappedFile &) = delete;
  MappedFile &operator=(const MappedFile &) = delete;

  const uint8_t *data() const { return bytes; }
  size_t size() const { return length; }
  std::string_view text() const {
    return {reinterpret_cast<const char *>(bytes), length};
  }

private:
  MappedFile(const uint8_t *bytes, size_t length)
      : bytes(bytes), length(length) {}

  const uint8_t *bytes;
  size_t length;
};

} // namespace mobileone

#endif // MOBILEONE_SUPPORT_MAPPEDFILE_H
