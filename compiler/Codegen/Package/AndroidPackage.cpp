//===- AndroidPackage.cpp - Models for the Android NDK --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/Formats.h"
#include "compiler/Codegen/Package/PackageParts.h"

#include "llvm/ADT/STLExtras.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace mobileone;

/// The NDK's name: ANDROID_ABI in CMake.
static std::string abiOf(const Platform &platform) {
  return platform.architecture == "arm64" ? "arm64-v8a" : platform.architecture;
}

static std::string printBuild(const Package &package) {
  std::vector<std::string> models, abis;
  std::string level;
  for (const Artifact *model : package.models())
    models.push_back(model->name);
  for (const Package::Slice &slice : package.slices) {
    abis.push_back(abiOf(slice.platform));
    level = slice.platform.minimumVersion;
  }
  return fillTemplate("AndroidBuild.cmake",
                      {{"PACKAGE", package.name},
                       {"MODELS", fmt::format("{}", fmt::join(models, " "))},
                       {"ABIS", fmt::format("{}", fmt::join(abis, " "))},
                       {"LEVEL", level}});
}

static bool writeModel(const Artifact &model, OutputFolder &folder,
                       DiagnosticList &diagnostics) {
  std::string abi = abiOf(model.platform);
  auto copy = [&](const std::string &to, const std::string &name) {
    return copyArtifactFile(model, name, to + "/" + abi + "/" + name, folder,
                            diagnostics);
  };
  return copy("lib", model.library()) && copy("include", model.header()) &&
         (!model.weightsInFile || copy("weights", model.weightsFile()));
}

static bool write(const Package &package, OutputFolder &folder,
                  DiagnosticList &diagnostics) {
  for (const Package::Slice &slice : package.slices)
    for (const Artifact *model : slice.artifacts)
      if (!writeModel(*model, folder, diagnostics))
        return false;
  return writeRuntimeFiles("runtime/", "runtime/", folder, diagnostics) &&
         folder.write("CMakeLists.txt", printBuild(package), diagnostics);
}

static std::string usage(const Package &package, const std::string &path) {
  std::string text = fmt::format("in the app's CMakeLists.txt:\n"
                                 "  add_subdirectory({} {})\n",
                                 path, package.name);
  for (const Artifact *model : package.models())
    text += fmt::format("  target_link_libraries(app PRIVATE mobileone::{})\n",
                        model->name);
  return text;
}

PackageFormat mobileone::androidPackage() {
  return {"android",
          "an Android NDK package",
          "arm64-android",
          [](const Platform &platform) {
            return platform.system == Platform::System::Android;
          },
          write,
          usage};
}
