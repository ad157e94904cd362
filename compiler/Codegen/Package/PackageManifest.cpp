//===- PackageManifest.cpp - What a package says of itself ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/PackageManifest.h"

#include "compiler/Codegen/Manifest.h"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace mobileone;
using nlohmann::ordered_json;

static constexpr const char kFileName[] = "mobileonec.package.json";

bool mobileone::writePackageManifest(const Package &package,
                                     const PackageFormat &format,
                                     OutputFolder &folder,
                                     DiagnosticList &diagnostics) {
  ordered_json models = ordered_json::array();
  for (const Package::Slice &slice : package.slices)
    for (const Artifact *artifact : slice.artifacts)
      models.push_back({{"name", artifact->name},
                        {"platform", slice.platform.identifier()},
                        {"targets", artifact->targets}});
  ordered_json manifest = {{"package_version", 1},
                           {"name", package.name},
                           {"format", format.name},
                           {"mobileonec", compilerVersion()},
                           {"models", models}};
  return folder.write(kFileName, manifest.dump(2) + "\n", diagnostics);
}

bool mobileone::mayReplace(const std::string &path, const Package &package,
                           const PackageFormat &format,
                           DiagnosticList &diagnostics) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error) ||
      std::filesystem::is_empty(path, error))
    return true;
  std::ifstream file(std::filesystem::path(path) / kFileName);
  ordered_json manifest = ordered_json::parse(file, nullptr, false);
  bool isPackage = manifest.is_object();
  if (isPackage && manifest.value("name", ordered_json()) == package.name &&
      manifest.value("format", ordered_json()) == format.name)
    return true;
  diagnostics.error(
      ErrorKind::BadInput, escapeForDisplay(path),
      isPackage ? "holds a package of another name or format"
                : "holds files that are no package, some of which it would "
                  "replace",
      "choose a new or an empty folder with -o");
  return false;
}
