//===- SwiftNames.h - Names as Swift writes them ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_PACKAGE_SWIFTNAMES_H
#define MOBILEONE_CODEGEN_PACKAGE_SWIFTNAMES_H

#include "compiler/Codegen/Package/Package.h"

#include <string>

namespace mobileone {

/// The C identifier `name` as a type or module: "mobileone_s0" is MobileoneS0.
std::string swiftTypeName(const std::string &name);

/// As a variable or an argument: "class_scores" is classScores; keywords of
/// Swift stand in backticks.
std::string swiftVariableName(const std::string &name);

/// Whether every model can have a type of its own beside the package's modules
/// and what generated code uses; reports BadInput if not.
bool checkSwiftNames(const Package &package, DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_PACKAGE_SWIFTNAMES_H
