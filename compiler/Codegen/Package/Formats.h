//===- Formats.h - The ways to package --------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A format is one file, with a function that describes it, plus a declaration
// here and a line in Formats.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_PACKAGE_FORMATS_H
#define MOBILEONE_CODEGEN_PACKAGE_FORMATS_H

#include "compiler/Codegen/Package/Package.h"

namespace mobileone {

/// A folder that CMake's find_package finds, for any platforms.
PackageFormat cmakePackage();

/// An XCFramework for Xcode, beside the runtime's sources.
PackageFormat xcframeworkPackage();

/// A Swift package: the XCFramework, the runtime, a class in Swift per model.
PackageFormat swiftPackage();

/// A folder that an app's native build adds, laid out by the NDK's ABIs.
PackageFormat androidPackage();

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_PACKAGE_FORMATS_H
