//===- PackageFiles.h - How build systems find a compiled model -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_PACKAGEFILES_H
#define MOBILEONE_CODEGEN_PACKAGEFILES_H

#include "compiler/Target/Target.h"

#include <string>

namespace mobileone {

/// `<name>Config.cmake`: find_package(<name>) gives the target
/// mobileone::<name>, which brings the runtime along, wherever the folder lies.
std::string printCMakeConfig(const std::string &name);

/// `<name>.pc` for pkg-config; the folder is the one the file lies in.
std::string printPkgConfig(const std::string &name, const std::string &version,
                           const Target &target);

/// What else a program for `target`, a library's first, links, "-lm -pthread";
/// Apple's systems have it in the library that every program links. The driver
/// of a GPU is loaded when it runs, for which older C libraries have one more.
std::string systemLibraries(const Target &target);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_PACKAGEFILES_H
