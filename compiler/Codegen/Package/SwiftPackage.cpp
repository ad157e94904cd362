//===- SwiftPackage.cpp - Models for the Swift Package Manager ------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Manifest.h"
#include "compiler/Codegen/Package/Formats.h"
#include "compiler/Codegen/Package/PackageParts.h"
#include "compiler/Codegen/Package/SwiftNames.h"
#include "compiler/Codegen/Package/SwiftWrapper.h"
#include "compiler/Codegen/Package/XcFramework.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

using namespace mobileone;
using System = Platform::System;

/// ".iOS("14.0"), .macOS("11.0")": the newest minimum of each system's slices.
static std::string printPlatforms(const Package &package) {
  std::map<std::string, std::pair<int, int>> newest;
  for (const Package::Slice &slice : package.slices) {
    const Platform &platform = slice.platform;
    auto &version = newest[platform.system == System::MacOS ? "macOS" : "iOS"];
    int major = 0, minor = 0;
    std::sscanf(platform.minimumVersion.c_str(), "%d.%d", &major, &minor);
    version = std::max(version, {major, minor});
  }
  std::vector<std::string> list;
  for (const auto &[system, version] : newest)
    list.push_back(
        fmt::format(".{}(\"{}.{}\")", system, version.first, version.second));
  return fmt::format("{}", fmt::join(list, ", "));
}

static std::string printManifest(const Package &package) {
  std::vector<std::string> models;
  std::vector<std::string> resources = {".copy(\"PrivacyInfo.xcprivacy\")"};
  for (const Artifact *model : package.models()) {
    models.push_back(model->name);
    if (model->weightsInFile)
      resources.push_back(".copy(\"" + model->weightsFile() + "\")");
  }
  return fillTemplate(
      "Package.swift",
      {{"PACKAGE", swiftTypeName(package.name)},
       {"MODELS", fmt::format("{}", fmt::join(models, ", "))},
       {"VERSION", compilerVersion()},
       {"PLATFORMS", printPlatforms(package)},
       {"RESOURCES", fmt::format("{}", fmt::join(resources, ", "))}});
}

/// A resource serves all platforms.
static bool checkWeights(const Package &package, DiagnosticList &diagnostics) {
  bool fits = true;
  for (size_t i = 0; i < package.models().size(); ++i) {
    const Artifact &first = *package.models()[i];
    for (const Package::Slice &slice : package.slices) {
      const Artifact &other = *slice.artifacts[i];
      if (other.weightsInFile == first.weightsInFile &&
          (!first.weightsInFile || other.weightsSha256 == first.weightsSha256))
        continue;
      fits = false;
      diagnostics.error(ErrorKind::BadInput, "mobileonec package",
                        first.describe() + " and " + other.describe() +
                            " have different weights files, of which a Swift "
                            "package can hold one",
                        "compile the model without --weights-file");
    }
  }
  return fits;
}

static bool writeWrapper(const Package &package, const std::string &base,
                         OutputFolder &folder, DiagnosticList &diagnostics) {
  std::string sources = "Sources/" + base + "Models/";
  for (const Artifact *model : package.models())
    if (!folder.write(sources + swiftTypeName(model->name) + ".swift",
                      printSwiftModel(*model, base + "Library"), diagnostics) ||
        (model->weightsInFile &&
         !copyArtifactFile(*model, model->weightsFile(),
                           sources + model->weightsFile(), folder,
                           diagnostics)))
      return false;
  return folder.write(
             sources + "Session.swift",
             fillTemplate("Session.swift", {{"LIBRARY", base + "Library"}}),
             diagnostics) &&
         folder.write(sources + "PrivacyInfo.xcprivacy",
                      fillTemplate("PrivacyInfo.xcprivacy", {}), diagnostics);
}

/// The package manager wants a public header of every target in C or C++; the
/// runtime's belong to the module of the library.
static bool writeRuntime(const std::string &base, OutputFolder &folder,
                         DiagnosticList &diagnostics) {
  std::string root = "Sources/" + base + "Runtime/";
  return folder.write(root + "include/" + base + "Runtime.h",
                      fmt::format("/* The runtime is declared in the module "
                                  "{}Library. */\n",
                                  base),
                      diagnostics) &&
         writeRuntimeFiles("runtime/include/", root + "runtime/include/",
                           folder, diagnostics) &&
         writeRuntimeFiles("runtime/src/", root + "runtime/src/", folder,
                           diagnostics);
}

static bool write(const Package &package, OutputFolder &folder,
                  DiagnosticList &diagnostics) {
  std::string base = swiftTypeName(package.name);
  bool fits = checkSwiftNames(package, diagnostics);
  return checkWeights(package, diagnostics) && fits &&
         writeXcFramework(package, base + "Library", folder, diagnostics) &&
         writeWrapper(package, base, folder, diagnostics) &&
         writeRuntime(base, folder, diagnostics) &&
         folder.write("Package.swift", printManifest(package), diagnostics);
}

static std::string usage(const Package &package, const std::string &path) {
  std::string name = swiftTypeName(package.name);
  std::string text = fmt::format(
      "in Xcode: File > Add Package Dependencies > Add Local, choose {},\n"
      "add {}Models to the app's target; in Swift:\n  import {}Models\n",
      path, name, name);
  for (const Artifact *model : package.models())
    text += fmt::format("  let {} = try {}()\n", swiftVariableName(model->name),
                        swiftTypeName(model->name));
  return text;
}

PackageFormat mobileone::swiftPackage() {
  return {"swiftpm",
          "a Swift package",
          "iphone12, ios-simulator-arm64 or macos-arm64",
          [](const Platform &platform) { return platform.isApple(); },
          write,
          usage};
}
