//===- Precision.cpp - What a network computes in -------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Transforms/Precision.h"

#include <algorithm>

using namespace mobileone;

static const std::vector<std::string> names = {"f32", "f16"};

const char *mobileone::precisionName(Precision precision) {
  return names[size_t(precision)].c_str();
}

std::vector<std::string> mobileone::precisionNames() { return names; }

std::optional<Precision> mobileone::precisionOfName(const std::string &name) {
  auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    return std::nullopt;
  return Precision(found - names.begin());
}
