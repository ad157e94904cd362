//===- Package.cpp - Compiled models as one package -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/Package.h"

#include "compiler/Spec/ModelName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

#include <fmt/format.h>
#include <map>

using namespace mobileone;

namespace {

/// Sorts artifacts into models and platforms, and finds what does not fit.
class PackageBuilder {
public:
  PackageBuilder(const std::vector<Artifact> &artifacts,
                 const PackageFormat &format, DiagnosticList &diagnostics)
      : artifacts(artifacts), format(format), diagnostics(diagnostics) {}

  std::optional<Package> build(const std::string &name);

private:
  void collect();
  void checkPlatform(const Artifact &artifact);
  void checkAgainstOthers(const Artifact &artifact);
  void checkComplete();
  std::string chooseName(const std::string &name);

  const std::vector<Artifact> &artifacts;
  const PackageFormat &format;
  DiagnosticList &diagnostics;
  /// In the order in which they are given.
  std::vector<std::string> models;
  std::map<std::string, Platform> platforms;
  /// By model and platform identifier.
  std::map<std::pair<std::string, std::string>, const Artifact *> table;
};

} // namespace

void PackageBuilder::checkPlatform(const Artifact &artifact) {
  if (format.serves(artifact.platform))
    return;
  diagnostics.error(
      ErrorKind::Unsupported, escapeForDisplay(artifact.folder),
      fmt::format("is for {}, which does not belong into {}",
                  artifact.platform.identifier(), format.what),
      fmt::format("compile the model for {}, or choose another --format",
                  format.targets));
}

/// Before `artifact` is in the table.
void PackageBuilder::checkAgainstOthers(const Artifact &artifact) {
  for (const auto &[key, other] : table) {
    bool isSame = other->name == artifact.name;
    if (!isSame &&
        !llvm::StringRef(other->name).equals_insensitive(artifact.name))
      continue;
    std::string both = other->describe() + " and " + artifact.describe();
    if (!isSame)
      diagnostics.error(ErrorKind::BadInput, "mobileonec package",
                        both + " have names that differ in case only",
                        "compile one of them with another --name");
    else if (key.second == artifact.platform.identifier())
      diagnostics.error(ErrorKind::BadInput, "mobileonec package",
                        fmt::format("{} have the same name and are both for {}",
                                    both, key.second),
                        "leave one out, or compile it with another --name");
    else if (other->inputs != artifact.inputs ||
             other->outputs != artifact.outputs)
      diagnostics.error(ErrorKind::BadInput, "mobileonec package",
                        both + " have the same name but other inputs or "
                               "outputs",
                        "compile one of them with another --name");
    else
      continue;
    return;
  }
}

void PackageBuilder::collect() {
  for (const Artifact &artifact : artifacts) {
    checkPlatform(artifact);
    checkAgainstOthers(artifact);
    if (!llvm::is_contained(models, artifact.name))
      models.push_back(artifact.name);
    std::string identifier = artifact.platform.identifier();
    platforms.emplace(identifier, artifact.platform);
    table.emplace(std::pair(artifact.name, identifier), &artifact);
  }
}

/// A program for a platform must find every model there.
void PackageBuilder::checkComplete() {
  for (const std::string &model : models)
    for (const auto &[identifier, platform] : platforms)
      if (!table.count({model, identifier}))
        diagnostics.error(
            ErrorKind::BadInput, "mobileonec package",
            fmt::format("{} is missing for {}, which another folder is for",
                        model, identifier),
            "give every model for every platform");
}

std::string PackageBuilder::chooseName(const std::string &name) {
  if (name.empty() && models.size() > 1)
    diagnostics.error(
        ErrorKind::Usage, "--name",
        fmt::format("is needed for a package of {} models", models.size()),
        "say how programs are to call the package");
  else if (std::string problem = problemWithName(name);
           !name.empty() && !problem.empty())
    diagnostics.error(ErrorKind::Usage, "--name",
                      fmt::format("'{}' {}", escapeForDisplay(name), problem),
                      "choose another name");
  return name.empty() ? models.front() : name;
}

std::optional<Package> PackageBuilder::build(const std::string &name) {
  collect();
  if (!diagnostics.hasErrors())
    checkComplete();
  Package package;
  package.name = chooseName(name);
  if (diagnostics.hasErrors())
    return std::nullopt;
  for (const auto &[identifier, platform] : platforms) {
    Package::Slice &slice = package.slices.emplace_back();
    slice.platform = platform;
    for (const std::string &model : models)
      slice.artifacts.push_back(table.at({model, identifier}));
  }
  return package;
}

std::optional<Package>
mobileone::makePackage(const std::vector<Artifact> &artifacts,
                       const std::string &name, const PackageFormat &format,
                       DiagnosticList &diagnostics) {
  return PackageBuilder(artifacts, format, diagnostics).build(name);
}
