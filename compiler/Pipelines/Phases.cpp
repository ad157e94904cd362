//===- Phases.cpp - Names of phases and of what they emit -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Pipelines/Compile.h"

#include <algorithm>

using namespace mobileone;

// In the order of the enumerations.
static const std::vector<std::string> phases = {"spec", "training", "inference",
                                                "planned", "library"};
static const std::vector<std::string> emits = {"library", "cpp", "mlir", "llvm",
                                               "asm"};

template <typename Enum>
static std::optional<Enum> find(const std::vector<std::string> &names,
                                const std::string &name) {
  auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    return std::nullopt;
  return Enum(found - names.begin());
}

const char *mobileone::phaseName(Phase phase) {
  return phases[size_t(phase)].c_str();
}
std::vector<std::string> mobileone::phaseNames() { return phases; }
std::optional<Phase> mobileone::phaseOfName(const std::string &name) {
  return find<Phase>(phases, name);
}

std::vector<std::string> mobileone::emitNames() { return emits; }
std::optional<Emit> mobileone::emitOfName(const std::string &name) {
  return find<Emit>(emits, name);
}
