//===- VerbList.cpp - What mobileonec can do ------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Verbs.h"

const std::vector<mobileone::AddVerb *> &mobileone::allVerbs() {
  static const std::vector<AddVerb *> verbs = {
      addCompileVerb, addVerifyVerb, addRunVerb,     addBenchVerb,
      addInspectVerb, addTuneVerb,   addPackageVerb, addTargetsVerb,
  };
  return verbs;
}
