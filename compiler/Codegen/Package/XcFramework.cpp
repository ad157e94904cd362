//===- XcFramework.cpp - Static libraries for Apple's platforms -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/XcFramework.h"

#include "compiler/Codegen/Archive.h"
#include "compiler/Codegen/Package/Formats.h"
#include "compiler/Codegen/Package/PackageParts.h"
#include "compiler/Codegen/Package/PropertyList.h"
#include "compiler/Codegen/Package/SwiftNames.h"
#include "compiler/Support/MappedFile.h"

#include <filesystem>
#include <fmt/format.h>

using namespace mobileone;
using nlohmann::json;

static std::string libraryName(const std::string &name) {
  return "lib" + name + ".a";
}

static json describeSlice(const Platform &platform, const std::string &name) {
  json slice = {
      {"BinaryPath", libraryName(name)},
      {"HeadersPath", "Headers"},
      {"LibraryIdentifier", platform.identifier()},
      {"LibraryPath", libraryName(name)},
      {"SupportedArchitectures", json::array({platform.architecture})},
      {"SupportedPlatform", "ios"}};
  if (platform.system == Platform::System::MacOS)
    slice["SupportedPlatform"] = "macos";
  if (platform.system == Platform::System::IOSSimulator)
    slice["SupportedPlatformVariant"] = "simulator";
  return slice;
}

static std::string printInfo(const Package &package, const std::string &name) {
  json slices = json::array();
  for (const Package::Slice &slice : package.slices)
    slices.push_back(describeSlice(slice.platform, name));
  return printPropertyList({{"AvailableLibraries", slices},
                            {"CFBundlePackageType", "XFWK"},
                            {"XCFrameworkFormatVersion", "1.0"}});
}

static std::string printModuleMap(const Package &package,
                                  const std::string &name) {
  std::string text = fmt::format("module {} {{\n"
                                 "  header \"mobileone/model_abi.h\"\n"
                                 "  header \"mobileone/runtime.h\"\n",
                                 name);
  for (const Artifact *model : package.models())
    text += fmt::format("  header \"{}\"\n", model->header());
  return text + "  export *\n}\n";
}

/// The libraries of all models in one: an XCFramework has one per platform.
static std::optional<std::string> joinLibraries(const Package::Slice &slice,
                                                DiagnosticList &diagnostics) {
  std::vector<std::shared_ptr<const MappedFile>> files;
  std::vector<std::string_view> archives;
  for (const Artifact *model : slice.artifacts) {
    std::filesystem::path folder = model->folder;
    files.push_back(MappedFile::open(folder / model->library(), diagnostics));
    if (!files.back())
      return std::nullopt;
    archives.push_back(files.back()->text());
  }
  return mergeArchives(archives, slice.artifacts.front()->library(),
                       diagnostics);
}

/// Headers lie in a folder called like the module: Xcode copies those of all
/// XCFrameworks into one folder, where two module maps would clash.
static bool writeSlice(const Package &package, const Package::Slice &slice,
                       const std::string &name, OutputFolder &folder,
                       DiagnosticList &diagnostics) {
  std::string root = name + ".xcframework/" + slice.platform.identifier() + "/";
  std::string headers = root + "Headers/" + name + "/";
  std::optional<std::string> library = joinLibraries(slice, diagnostics);
  if (!library ||
      !folder.write(root + libraryName(name), *library, diagnostics) ||
      !folder.write(headers + "module.modulemap", printModuleMap(package, name),
                    diagnostics))
    return false;
  for (const Artifact *model : slice.artifacts)
    if (!copyArtifactFile(*model, model->header(), headers + model->header(),
                          folder, diagnostics))
      return false;
  return writeRuntimeFiles("runtime/include/", headers, folder, diagnostics);
}

bool mobileone::writeXcFramework(const Package &package,
                                 const std::string &name, OutputFolder &folder,
                                 DiagnosticList &diagnostics) {
  for (const Package::Slice &slice : package.slices)
    if (!writeSlice(package, slice, name, folder, diagnostics))
      return false;
  return folder.write(name + ".xcframework/Info.plist",
                      printInfo(package, name), diagnostics);
}

/// The bundle, and the runtime, which the app compiles.
static bool write(const Package &package, OutputFolder &folder,
                  DiagnosticList &diagnostics) {
  if (!writeXcFramework(package, swiftTypeName(package.name), folder,
                        diagnostics) ||
      !writeRuntimeFiles("runtime/include/", "runtime/include/", folder,
                         diagnostics) ||
      !writeRuntimeFiles("runtime/src/", "runtime/src/", folder, diagnostics))
    return false;
  for (const Package::Slice &slice : package.slices)
    for (const Artifact *model : slice.artifacts)
      if (model->weightsInFile &&
          !copyArtifactFile(*model, model->weightsFile(),
                            "weights/" + slice.platform.identifier() + "/" +
                                model->weightsFile(),
                            folder, diagnostics))
        return false;
  return true;
}

static std::string usage(const Package &package, const std::string &path) {
  std::string name = swiftTypeName(package.name);
  return fmt::format("in Xcode: add {0}/{1}.xcframework to the target, and "
                     "the sources in\n{0}/runtime/src with the header search "
                     "path {0}/runtime/include;\n`import {1}` in Swift, or "
                     "`#include \"{1}/{2}\"` in C\n",
                     path, name, package.models().front()->header());
}

PackageFormat mobileone::xcframeworkPackage() {
  return {"xcframework",
          "an XCFramework",
          "iphone12, ios-simulator-arm64 or macos-arm64",
          [](const Platform &platform) { return platform.isApple(); },
          write,
          usage};
}
