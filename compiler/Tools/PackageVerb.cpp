//===- PackageVerb.cpp - mobileonec package -------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/Package.h"
#include "compiler/Codegen/Package/PackageManifest.h"
#include "compiler/Tools/CommandLine.h"
#include "compiler/Tools/Interruption.h"
#include "compiler/Tools/ResultTable.h"

#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

using namespace mobileone;
using nlohmann::ordered_json;

namespace {
struct PackageFlags {
  std::vector<std::string> folders;
  std::string format, output, name;
  bool json = false;
};
} // namespace

static std::vector<Artifact> readArtifacts(const PackageFlags &flags,
                                           DiagnosticList &diagnostics) {
  std::vector<Artifact> artifacts;
  for (const std::string &folder : flags.folders) {
    std::error_code ignored;
    if (std::filesystem::equivalent(folder, flags.output, ignored))
      diagnostics.error(ErrorKind::Usage, "--output",
                        escapeForDisplay(folder) +
                            " is one of the folders to package",
                        "choose another folder");
    if (std::optional<Artifact> artifact = readArtifact(folder, diagnostics))
      artifacts.push_back(std::move(*artifact));
  }
  return artifacts;
}

/// Which targets each platform's libraries of a model were compiled for.
static std::string contentTable(const Package &package) {
  using Align = ResultTable::Align;
  ResultTable table({{"model", Align::Left},
                     {"platform", Align::Left},
                     {"targets", Align::Left},
                     {"library"}});
  for (size_t i = 0; i < package.models().size(); ++i)
    for (const Package::Slice &slice : package.slices) {
      const Artifact &artifact = *slice.artifacts[i];
      table.addRow({artifact.name, slice.platform.identifier(),
                    fmt::format("{}", fmt::join(artifact.targets, ", ")),
                    formatBytes(artifact.files.at(artifact.library()))});
    }
  return table.str();
}

static std::string reportAsText(const PackageFlags &flags,
                                const PackageFormat &format,
                                const Package &package) {
  return fmt::format("{}: {} in {}\n\n{}\n{}", package.name, format.what,
                     flags.output, contentTable(package),
                     format.usage(package, flags.output));
}

static std::string reportAsJson(const PackageFlags &flags,
                                const PackageFormat &format,
                                const Package &package,
                                const std::vector<std::string> &files) {
  ordered_json models = ordered_json::array();
  for (const Package::Slice &slice : package.slices)
    for (const Artifact *artifact : slice.artifacts)
      models.push_back({{"name", artifact->name},
                        {"platform", slice.platform.identifier()},
                        {"targets", artifact->targets},
                        {"folder", artifact->folder}});
  ordered_json report = {{"name", package.name},
                         {"format", format.name},
                         {"output", flags.output},
                         {"models", models},
                         {"files", files}};
  return report.dump(2) + "\n";
}

static int runPackage(const PackageFlags &flags) {
  DiagnosticList diagnostics;
  const PackageFormat *format = findPackageFormat(flags.format, diagnostics);
  std::vector<Artifact> artifacts = readArtifacts(flags, diagnostics);
  if (diagnostics.hasErrors())
    return report(diagnostics);
  std::optional<Package> package =
      makePackage(artifacts, flags.name, *format, diagnostics);
  if (!package || !mayReplace(flags.output, *package, *format, diagnostics))
    return report(diagnostics);

  UnwindOnInterruption unwind;
  OutputFolder folder(flags.output);
  if (!folder.open(diagnostics) ||
      !format->write(*package, folder, diagnostics) ||
      !writePackageManifest(*package, *format, folder, diagnostics))
    return report(diagnostics);
  throwIfInterrupted();
  if (!folder.commit(diagnostics))
    return report(diagnostics);
  return printResult(
      flags.json ? reportAsJson(flags, *format, *package, folder.files())
                 : reportAsText(flags, *format, *package));
}

static std::string formatNames() {
  std::vector<std::string> names;
  for (const PackageFormat &format : packageFormats())
    names.push_back(format.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

static std::string description() {
  std::string text =
      "Each DIR is what 'compile' wrote for one model and one platform. "
      "Several "
      "models,\neach for the same platforms, make one package with one runtime."
      "\n\nFormats, and the targets that belong into each:\n";
  for (const PackageFormat &format : packageFormats())
    text += fmt::format("  {:<13}{}: {}\n", format.name, format.what,
                        format.targets);
  text.pop_back();
  return text;
}

void mobileone::addPackageVerb(CLI::App &app, VerbAction &action) {
  auto flags = std::make_shared<PackageFlags>();
  CLI::App *verb = addVerb(
      app,
      {"package", "Put compiled models together for Xcode, Android or CMake",
       "DIR... --format F -o OUT [--name NAME] [--json]", description(),
       "mobileonec compile net.json --weights net.safetensors \\\n"
       "    --target iphone12 -o build/phone\n"
       "mobileonec compile net.json --weights net.safetensors \\\n"
       "    --target ios-simulator-arm64 -o build/simulator\n"
       "mobileonec package build/phone build/simulator --format swiftpm -o "
       "Net"});
  verb->add_option("DIR", flags->folders, "Folders that 'compile' wrote")
      ->required()
      ->option_text(" ");
  verb->add_option("--format", flags->format, formatNames())
      ->required()
      ->option_text("F");
  verb->add_option("-o,--output", flags->output, "Folder to write to")
      ->required()
      ->option_text("OUT");
  verb->add_option("--name", flags->name,
                   "Name of the package; a single model's is the default")
      ->option_text("NAME");
  verb->add_flag("--json", flags->json, "Print JSON");
  verb->callback(
      [flags, &action] { action = [flags] { return runPackage(*flags); }; });
}
