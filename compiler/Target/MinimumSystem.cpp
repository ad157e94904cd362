//===- MinimumSystem.cpp - Targets for other versions of iOS --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Target.h"

#include "llvm/Support/VersionTuple.h"
#include "llvm/TargetParser/Triple.h"

#include <map>

using namespace mobileone;

/// The first iOS that runs on 64-bit processors only.
static constexpr unsigned kOldestIos = 11;

bool mobileone::isForIos(const Target &target) {
  return llvm::Triple(target.triple).isiOS();
}

const Target *mobileone::withMinimumIos(const Target &target,
                                        const std::string &version,
                                        DiagnosticList &diagnostics) {
  llvm::VersionTuple wanted;
  if (wanted.tryParse(version) || wanted.getBuild() ||
      wanted.getMajor() < kOldestIos || wanted.getMajor() > 99) {
    diagnostics.error(ErrorKind::Usage, "--min-ios",
                      "'" + escapeForDisplay(version) +
                          "' is no version of iOS from 11 on",
                      "write 14.0 or 15.4");
    return nullptr;
  }
  if (!isForIos(target))
    return &target;
  // Those in use live as long as the list's own.
  static std::map<std::string, Target> changed;
  llvm::Triple triple(target.triple);
  triple.setOSName("ios" + wanted.getAsString());
  auto [entry, isNew] =
      changed.try_emplace(target.name + " " + triple.str(), target);
  if (isNew)
    entry->second.triple = triple.str();
  return &entry->second;
}
