//===- CMakePackage.cpp - Models for CMake's find_package -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Manifest.h"
#include "compiler/Codegen/Package/Formats.h"
#include "compiler/Codegen/Package/PackageParts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace mobileone;

static std::string printConfig(const Package &package) {
  std::vector<std::string> models, targets, platforms;
  for (const Artifact *model : package.models()) {
    models.push_back(model->name);
    targets.push_back("mobileone::" + model->name);
  }
  for (const Package::Slice &slice : package.slices)
    platforms.push_back(slice.platform.identifier());
  return fillTemplate(
      "Config.cmake",
      {{"PACKAGE", package.name},
       {"MODELS", fmt::format("{}", fmt::join(models, " "))},
       {"TARGETS", fmt::format("{}", fmt::join(targets, " "))},
       {"PLATFORMS", fmt::format("{}", fmt::join(platforms, " "))}});
}

static bool writeModel(const Artifact &model, OutputFolder &folder,
                       DiagnosticList &diagnostics) {
  std::string platform = model.platform.identifier();
  auto copy = [&](const std::string &to, const std::string &name) {
    return copyArtifactFile(model, name, to + "/" + platform + "/" + name,
                            folder, diagnostics);
  };
  return copy("lib", model.library()) && copy("include", model.header()) &&
         (!model.weightsInFile || copy("weights", model.weightsFile()));
}

static bool writeCMakePackage(const Package &package, OutputFolder &folder,
                              DiagnosticList &diagnostics) {
  for (const Package::Slice &slice : package.slices)
    for (const Artifact *model : slice.artifacts)
      if (!writeModel(*model, folder, diagnostics))
        return false;
  std::string config = "lib/cmake/" + package.name + "/" + package.name;
  return writeRuntimeFiles("runtime/", "runtime/", folder, diagnostics) &&
         folder.write(config + "Config.cmake", printConfig(package),
                      diagnostics) &&
         folder.write(config + "ConfigVersion.cmake",
                      fillTemplate("ConfigVersion.cmake",
                                   {{"VERSION", compilerVersion()}}),
                      diagnostics);
}

static std::string usageWithCMake(const Package &package,
                                  const std::string &path) {
  std::string text =
      fmt::format("in CMakeLists.txt, with {} on CMAKE_PREFIX_PATH:\n"
                  "  find_package({} CONFIG REQUIRED)\n",
                  path, package.name);
  for (const Artifact *model : package.models())
    text += fmt::format("  target_link_libraries(app PRIVATE mobileone::{})\n",
                        model->name);
  return text;
}

PackageFormat mobileone::cmakePackage() {
  return {"cmake",           "a CMake package",
          "any target",      [](const Platform &) { return true; },
          writeCMakePackage, usageWithCMake};
}
