//===- XcFramework.h - Static libraries for Apple's platforms ---*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_PACKAGE_XCFRAMEWORK_H
#define MOBILEONE_CODEGEN_PACKAGE_XCFRAMEWORK_H

#include "compiler/Codegen/Package/Package.h"

namespace mobileone {

/// Writes `<name>.xcframework`: per platform one static library with all
/// models, their headers and those of the runtime, and a module map for the
/// Clang module `name`. Apple documents the bundle in "Creating a multiplatform
/// binary framework bundle" and its Info.plist by what
/// `xcodebuild -create-xcframework` writes.
bool writeXcFramework(const Package &package, const std::string &name,
                      OutputFolder &folder, DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_PACKAGE_XCFRAMEWORK_H
