//===- Verbs.h - What mobileonec can do -------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A verb is one file, with a function that adds it to the command line, plus a
// declaration here and a line in VerbList.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_VERBS_H
#define MOBILEONE_TOOLS_VERBS_H

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
} // namespace CLI

namespace mobileone {

/// Does what the command line asked for; returns the exit code.
using VerbAction = std::function<int()>;

/// Adds a verb with its flags to `app`; `action` is set when the command line
/// that is parsed chooses it.
using AddVerb = void(CLI::App &app, VerbAction &action);

AddVerb addCompileVerb, addVerifyVerb, addRunVerb, addBenchVerb, addInspectVerb,
    addTuneVerb, addPackageVerb, addTargetsVerb;

/// All of them, in the order of the help.
const std::vector<AddVerb *> &allVerbs();

} // namespace mobileone

#endif // MOBILEONE_TOOLS_VERBS_H
