//===- PackageManifest.h - What a package says of itself --------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_PACKAGE_PACKAGEMANIFEST_H
#define MOBILEONE_CODEGEN_PACKAGE_PACKAGEMANIFEST_H

#include "compiler/Codegen/Package/Package.h"

namespace mobileone {

/// Writes `mobileonec.package.json`: name, format, models, platforms, targets.
bool writePackageManifest(const Package &package, const PackageFormat &format,
                          OutputFolder &folder, DiagnosticList &diagnostics);

/// Whether the package may be written to the folder `path`, where it replaces
/// files and whole subfolders: one that does not exist, is empty, or holds a
/// package of the same name and format. Reports BadInput if not.
bool mayReplace(const std::string &path, const Package &package,
                const PackageFormat &format, DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_PACKAGE_PACKAGEMANIFEST_H
