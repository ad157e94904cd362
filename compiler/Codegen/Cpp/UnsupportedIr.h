//===- UnsupportedIr.h - What the printer cannot express ------ -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CPP_UNSUPPORTEDIR_H
#define MOBILEONE_CODEGEN_CPP_UNSUPPORTEDIR_H

#include <stdexcept>

namespace mobileone {

/// Thrown inside of the C++ printer where the lowered kernel contains something
/// that has no sure translation; `printKernelCpp` turns it into a diagnostic.
struct UnsupportedIr : std::runtime_error {
  using std::runtime_error::runtime_error;
};

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CPP_UNSUPPORTEDIR_H
