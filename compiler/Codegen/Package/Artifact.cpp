//===- Artifact.cpp - What compile wrote, read back -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/Artifact.h"

#include "compiler/Spec/ModelName.h"
#include "compiler/Support/JsonText.h"
#include "compiler/Support/MappedFile.h"
#include "runtime/include/mobileone/model_abi.h"

#include "llvm/ADT/STLExtras.h"

#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>
#include <numeric>

using namespace mobileone;
using nlohmann::json;

static constexpr std::string_view kSuffix = ".manifest.json";

int64_t ArtifactTensor::elements() const {
  return std::accumulate(shape.begin(), shape.end(), int64_t(1),
                         std::multiplies<>());
}

std::string ArtifactTensor::describe() const {
  return fmt::format("{} {} [{}]", type, layout, fmt::join(shape, ", "));
}

bool ArtifactTensor::operator==(const ArtifactTensor &other) const {
  return name == other.name && type == other.type && layout == other.layout &&
         shape == other.shape;
}

std::string Artifact::describe() const {
  return fmt::format("{} in {}", name, escapeForDisplay(folder));
}

static bool isManifest(const std::string &path) {
  return path.size() > kSuffix.size() &&
         std::string_view(path).substr(path.size() - kSuffix.size()) == kSuffix;
}

std::optional<std::string>
mobileone::findManifest(const std::string &folder,
                        DiagnosticList &diagnostics) {
  std::vector<std::string> found;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end;
       !error && entry != end; entry.increment(error))
    if (isManifest(entry->path()))
      found.push_back(entry->path());
  if (found.size() == 1)
    return found.front();
  diagnostics.error(
      ErrorKind::BadInput, escapeForDisplay(folder),
      error ? "cannot be read: " + error.message()
            : fmt::format("holds {} files *{} where there must be one",
                          found.size(), kSuffix),
      "give a folder that 'mobileonec compile' wrote");
  return std::nullopt;
}

static std::vector<ArtifactTensor> readTensors(const json &list) {
  std::vector<ArtifactTensor> tensors;
  for (const json &tensor : list)
    tensors.push_back({tensor.at("name"), tensor.at("type"),
                       tensor.at("layout"), tensor.at("shape")});
  return tensors;
}

/// Everything but the platform. Throws nlohmann's exception where the manifest
/// lacks something.
static Artifact readFields(const json &manifest, const std::string &folder) {
  Artifact artifact;
  artifact.folder = folder;
  artifact.name = manifest.at("name");
  for (const json &program : manifest.at("programs"))
    artifact.targets.push_back(program.at("target"));
  artifact.inputs = readTensors(manifest.at("inputs"));
  artifact.outputs = readTensors(manifest.at("outputs"));
  artifact.weightsBytes = manifest.at("packed_weights").at("bytes");
  artifact.weightsSha256 = manifest.at("packed_weights").at("sha256");
  artifact.weightsInFile = manifest.at("packed_weights").at("in_file");
  artifact.files = manifest.at("files").get<std::map<std::string, uint64_t>>();
  return artifact;
}

/// Whether the names can stand in generated code and in file names.
static bool areNamesSafe(const Artifact &artifact) {
  auto isSafe = [](const ArtifactTensor &tensor) {
    return problemWithName(tensor.name).empty();
  };
  return problemWithName(artifact.name).empty() &&
         llvm::all_of(artifact.inputs, isSafe) &&
         llvm::all_of(artifact.outputs, isSafe);
}

/// Whether the runtime that goes into packages can run it.
static bool fitsRuntime(const json &manifest, const std::string &folder,
                        DiagnosticList &diagnostics) {
  unsigned version = manifest.at("versions").at("abi");
  if (version == MOBILEONE_ABI_VERSION)
    return true;
  diagnostics.error(
      ErrorKind::Unsupported, escapeForDisplay(folder),
      fmt::format("was compiled for version {} of the ABI; the runtime that "
                  "goes with it into the package has version {}",
                  version, MOBILEONE_ABI_VERSION),
      "compile the model again");
  return false;
}

static bool setPlatform(const json &manifest, Artifact &artifact,
                        DiagnosticList &diagnostics) {
  // Programs of one library share its triple.
  std::string triple = manifest.at("programs").at(0).at("triple");
  if (std::optional<Platform> platform = platformOfTriple(triple)) {
    artifact.platform = *platform;
    return true;
  }
  diagnostics.error(ErrorKind::Unsupported, escapeForDisplay(artifact.folder),
                    fmt::format("was compiled for {}, which no package serves",
                                escapeForDisplay(triple)),
                    "'mobileonec targets' lists what can be packaged");
  return false;
}

/// A library without its header, or half a library, must not be shipped.
static bool checkFile(const Artifact &artifact, const std::string &name,
                      DiagnosticList &diagnostics) {
  std::filesystem::path path = std::filesystem::path(artifact.folder) / name;
  std::error_code error;
  uint64_t size = std::filesystem::file_size(path, error);
  auto listed = artifact.files.find(name);
  bool isListed = listed != artifact.files.end();
  if (!error && isListed && listed->second == size)
    return true;
  diagnostics.error(ErrorKind::BadInput, escapeForDisplay(path),
                    error ? "cannot be read: " + error.message()
                    : isListed
                        ? fmt::format("has {} bytes where the manifest says {}",
                                      size, listed->second)
                        : "is not in the manifest",
                    "compile the model again");
  return false;
}

static bool checkFiles(const Artifact &artifact, DiagnosticList &diagnostics) {
  bool library = checkFile(artifact, artifact.library(), diagnostics);
  bool header = checkFile(artifact, artifact.header(), diagnostics);
  bool weights = !artifact.weightsInFile ||
                 checkFile(artifact, artifact.weightsFile(), diagnostics);
  return library && header && weights;
}

std::optional<Artifact> mobileone::readArtifact(const std::string &folder,
                                                DiagnosticList &diagnostics) {
  std::optional<std::string> path = findManifest(folder, diagnostics);
  if (!path)
    return std::nullopt;
  std::shared_ptr<const MappedFile> file = MappedFile::open(*path, diagnostics);
  if (!file)
    return std::nullopt;
  std::optional<json> manifest =
      parseJson(file->text(), escapeForDisplay(*path), {}, diagnostics);
  if (!manifest)
    return std::nullopt;
  try {
    Artifact artifact = readFields(*manifest, folder);
    if (!fitsRuntime(*manifest, folder, diagnostics) ||
        !setPlatform(*manifest, artifact, diagnostics))
      return std::nullopt;
    if (areNamesSafe(artifact))
      return checkFiles(artifact, diagnostics) ? std::optional(artifact)
                                               : std::nullopt;
  } catch (const json::exception &) {
    // Reported below: valid JSON, but no manifest of this version.
  }
  diagnostics.error(ErrorKind::BadInput, escapeForDisplay(*path),
                    "is not a manifest that this version writes",
                    "compile the model again");
  return std::nullopt;
}
