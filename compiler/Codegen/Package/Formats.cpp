//===- Formats.cpp - The ways to package ----------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/Formats.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace mobileone;

const std::vector<PackageFormat> &mobileone::packageFormats() {
  static const std::vector<PackageFormat> formats = {
      cmakePackage(),
      xcframeworkPackage(),
      swiftPackage(),
      androidPackage(),
  };
  return formats;
}

const PackageFormat *mobileone::findPackageFormat(const std::string &name,
                                                  DiagnosticList &diagnostics) {
  std::vector<std::string> names;
  for (const PackageFormat &format : packageFormats()) {
    if (format.name == name)
      return &format;
    names.push_back(format.name);
  }
  std::string match = closestMatch(name, names);
  diagnostics.error(ErrorKind::Usage, "--format",
                    fmt::format("'{}' is none of {}", escapeForDisplay(name),
                                fmt::join(names, ", ")),
                    match.empty() ? ""
                                  : fmt::format("did you mean '{}'?", match));
  return nullptr;
}
