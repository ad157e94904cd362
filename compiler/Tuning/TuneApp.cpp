//===- TuneApp.cpp - A program that measures candidates -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/TuneApp.h"

#include "compiler/Codegen/Archive.h"
#include "compiler/Codegen/Cpp/EmbeddedFiles.h"
#include "compiler/Codegen/OutputFolder.h"
#include "compiler/Support/MappedFile.h"
#include "compiler/Tuning/CandidateTable.h"
#include "compiler/Tuning/KernelCandidates.h"

#include <filesystem>
#include <fmt/format.h>

using namespace mobileone;

/// Only projects of this kind have it.
static constexpr const char kTableFile[] = "Tuner/candidates/Candidates.cpp";

namespace {

class TuneApp {
public:
  TuneApp(const TuneOptions &options, const TuneAppOptions &appOptions,
          const TuneAppProgress &progress, DiagnosticList &diagnostics)
      : options(options), appOptions(appOptions), progress(progress),
        diagnostics(diagnostics), folder(appOptions.folder) {}

  std::optional<std::vector<TuneAppNetwork>> emit();

private:
  bool mayReplace();
  bool addNetwork(NetworkTuner &tuner, size_t number);
  std::vector<Assignments> roundsOf(const NetworkTuner &tuner) const;
  bool compileRound(NetworkTuner &tuner, Assignments &round,
                    TuneAppNetwork &summary);
  bool writeLibrary();
  bool writeSources();

  const TuneOptions &options;
  const TuneAppOptions &appOptions;
  const TuneAppProgress &progress;
  DiagnosticList &diagnostics;
  OutputFolder folder;
  std::vector<CandidateNetwork> networks;
  std::vector<TuneAppNetwork> summaries;
  std::set<std::string> objects; ///< Paths, each once.
};

} // namespace

bool TuneApp::mayReplace() {
  const std::filesystem::path path = appOptions.folder;
  std::error_code error;
  if (!std::filesystem::exists(path, error) ||
      (std::filesystem::is_directory(path, error) &&
       std::filesystem::is_empty(path, error)) ||
      std::filesystem::exists(path / kTableFile, error))
    return true;
  diagnostics.error(ErrorKind::BadInput, path,
                    "is there and holds something else than a program for "
                    "tuning",
                    "name a new or an empty folder");
  return false;
}

/// One candidate of every kernel that has any left, round after round.
std::vector<Assignments> TuneApp::roundsOf(const NetworkTuner &tuner) const {
  std::vector<Assignments> rounds;
  for (const std::unique_ptr<KernelTuning> &tuning : tuner.kernels()) {
    const TunableKernel &kernel = tuning->kernel;
    std::vector<Assignment> candidates = kernelCandidates(
        kernel.request, *kernel.schedule, appOptions.candidates);
    // So that it gets a record, as `compile --require-tuned` asks for.
    if (candidates.empty())
      candidates.push_back(tuning->search.standard());
    rounds.resize(std::max(rounds.size(), candidates.size()));
    for (size_t i = 0; i < candidates.size(); ++i)
      rounds[i][kernel.hash] = std::move(candidates[i]);
  }
  return rounds;
}

/// Takes what does not compile out of `round`.
bool TuneApp::compileRound(NetworkTuner &tuner, Assignments &round,
                           TuneAppNetwork &summary) {
  auto problems = tuner.candidateLibraries().compile(round, diagnostics);
  if (!problems)
    return false;
  for (const auto &[hash, problem] : *problems)
    round.erase(hash);
  summary.notCompiled += problems->size();
  summary.candidates += round.size();
  return true;
}

bool TuneApp::addNetwork(NetworkTuner &tuner, size_t number) {
  CandidateNetwork network;
  TuneAppNetwork summary;
  summary.name = network.name = tuner.model();
  network.standard.name = fmt::format("tune_{}_standard", number);
  for (const std::unique_ptr<KernelTuning> &tuning : tuner.kernels())
    network.kernels.push_back(&tuning->kernel);
  if (!tuner.candidateLibraries().compile({}, diagnostics))
    return false;
  std::vector<Assignments> rounds = roundsOf(tuner);
  for (size_t i = 0; i < rounds.size(); ++i) {
    progress("compile " + network.name, i, rounds.size());
    if (!compileRound(tuner, rounds[i], summary))
      return false;
    if (!rounds[i].empty())
      network.rounds.push_back(
          {fmt::format("tune_{}_candidate_{:03}", number, i),
           std::move(rounds[i])});
  }
  summary.kernels = network.kernels.size();
  summary.rounds = network.rounds.size();
  summaries.push_back(summary);
  if (network.rounds.empty())
    return true;
  std::vector<NamedCandidate> models = network.rounds;
  models.push_back(network.standard);
  auto paths = tuner.candidateLibraries().objects(
      models, fmt::format("tables_{}", number), /*weightsInside=*/true,
      diagnostics);
  if (!paths)
    return false;
  objects.insert(paths->begin(), paths->end());
  networks.push_back(std::move(network));
  return true;
}

bool TuneApp::writeLibrary() {
  std::vector<std::string> members;
  for (const std::string &path : objects) {
    std::shared_ptr<const MappedFile> file =
        MappedFile::open(path, diagnostics);
    if (!file)
      return false;
    std::optional<std::string> member =
        makeArchive(std::string(file->text()),
                    std::filesystem::path(path).filename(), diagnostics);
    if (!member)
      return false;
    members.push_back(std::move(*member));
  }
  std::optional<std::string> library = mergeArchives(
      {members.begin(), members.end()}, "libcandidates.a", diagnostics);
  return library &&
         folder.write("library/libcandidates.a", *library, diagnostics);
}

/// Where a file of this repository lies in the program, or "".
static std::string placeOf(const std::string &path, bool isForXcode) {
  static const std::pair<std::string, std::string> places[] = {
      {"runtime/include/", "Tuner/runtime/include/"},
      {"runtime/src/", "Tuner/runtime/src/"},
      {"runtime/tools/measure/", "Tuner/measure/"},
      {"runtime/tools/phone/project/", ""},
      {"runtime/tools/phone/", "Tuner/phone/"}};
  bool isOfXcode = path.find("project/Tuner") != std::string::npos;
  for (const auto &[from, to] : places)
    if (path.compare(0, from.size(), from) == 0)
      return isOfXcode && !isForXcode ? "" : to + path.substr(from.size());
  return "";
}

bool TuneApp::writeSources() {
  bool isForXcode = isForIos(*options.measure.target);
  for (const EmbeddedFile &file : embeddedFiles()) {
    std::string place = placeOf(file.path, isForXcode);
    if (!place.empty() && !folder.write(place, file.text, diagnostics))
      return false;
  }
  TuneLogHeader header = {options.measure.target->name, "app",
                          options.measure.threads};
  return folder.write(kTableFile, printCandidateTable(networks, header),
                      diagnostics);
}

std::optional<std::vector<TuneAppNetwork>> TuneApp::emit() {
  if (!mayReplace())
    return std::nullopt;
  progress("plan", 0, 0);
  auto tuners = tuningSpace(options, diagnostics);
  if (!tuners || !folder.open(diagnostics))
    return std::nullopt;
  for (size_t i = 0; i < tuners->size(); ++i)
    if (!addNetwork(*(*tuners)[i], i))
      return std::nullopt;
  if (networks.empty()) {
    diagnostics.error(ErrorKind::BadInput, "mobileonec tune",
                      fmt::format("no kernel for {} leaves anything to tune",
                                  options.measure.target->name));
    return std::nullopt;
  }
  progress("write", 0, 0);
  if (!writeLibrary() || !writeSources() || !folder.commit(diagnostics))
    return std::nullopt;
  return std::move(summaries);
}

std::optional<std::vector<TuneAppNetwork>> mobileone::emitTuneApp(
    const TuneOptions &options, const TuneAppOptions &appOptions,
    const TuneAppProgress &progress, DiagnosticList &diagnostics) {
  return TuneApp(options, appOptions, progress, diagnostics).emit();
}
