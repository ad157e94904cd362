//===- ModelName.h - Names that C and C++ programs can use ------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SPEC_MODELNAME_H
#define MOBILEONE_SPEC_MODELNAME_H

#include <string>

namespace mobileone {

/// Why `name` cannot name a model or an output in generated C and C++ code, or
/// empty: it must be a C identifier of at most 128 characters that is neither a
/// keyword nor reserved by the languages or the runtime's headers. Says what
/// the name is: "is a keyword of C or C++".
std::string problemWithName(const std::string &name);

} // namespace mobileone

#endif // MOBILEONE_SPEC_MODELNAME_H
