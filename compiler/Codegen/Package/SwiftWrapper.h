//===- SwiftWrapper.h - A model as a Swift class ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_PACKAGE_SWIFTWRAPPER_H
#define MOBILEONE_CODEGEN_PACKAGE_SWIFTWRAPPER_H

#include "compiler/Codegen/Package/Artifact.h"

#include <string>

namespace mobileone {

/// A Swift file with a class for `model`, which the Clang module `library`
/// declares: the shapes of its tensors, and two ways to run it, on arrays and
/// on memory of the caller's. Errors are Swift's; it needs Session.swift.
std::string printSwiftModel(const Artifact &model, const std::string &library);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_PACKAGE_SWIFTWRAPPER_H
