//===- PackageParts.h - What several formats write --------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_PACKAGE_PACKAGEPARTS_H
#define MOBILEONE_CODEGEN_PACKAGE_PACKAGEPARTS_H

#include "compiler/Codegen/Package/Package.h"

#include <map>
#include <string>

namespace mobileone {

/// The text of templates/`name` with every @KEY@ of `values` replaced.
std::string fillTemplate(const std::string &name,
                         const std::map<std::string, std::string> &values);

/// Copies the artifact's file `name` to `to` in `folder`.
bool copyArtifactFile(const Artifact &artifact, const std::string &name,
                      const std::string &to, OutputFolder &folder,
                      DiagnosticList &diagnostics);

/// Writes those of the runtime's files whose path from the repository's root
/// begins with `prefix`, e.g. "runtime/include/", to `to`, which replaces it.
bool writeRuntimeFiles(const std::string &prefix, const std::string &to,
                       OutputFolder &folder, DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_PACKAGE_PACKAGEPARTS_H
