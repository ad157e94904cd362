//===- EmbeddedFiles.h - Sources within the compiler ------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CPP_EMBEDDEDFILES_H
#define MOBILEONE_CODEGEN_CPP_EMBEDDEDFILES_H

#include <vector>

namespace mobileone {

struct EmbeddedFile {
  const char *path; ///< From the repository's root.
  const char *text;
};

/// The runtime with its headers and CMakeLists.txt, the vector header, the
/// templates of packages, and the program that tuning runs on a phone, as they
/// were when the compiler was built; sorted by path.
const std::vector<EmbeddedFile> &embeddedFiles();

/// The text of one of them; an internal error if there is no such file.
const char *embeddedFile(const char *path);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CPP_EMBEDDEDFILES_H
