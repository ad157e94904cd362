//===- InspectVerb.cpp - mobileonec inspect -------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/ModelSpec.h"
#include "compiler/Tools/CommandLine.h"
#include "compiler/Tools/Inspect.h"
#include "compiler/Tools/ModelFlags.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace mobileone;

namespace {
struct InspectFlags {
  std::string path;
  std::optional<int64_t> batch;
  bool spec = false, json = false;
};

enum class Kind { Spec, Weights, Artifact };
} // namespace

/// Folders are artifacts, JSON is a spec, other files are weights. What does
/// not exist is taken for a built-in, whose reader suggests what was meant.
static Kind kindOf(const std::string &path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return Kind::Artifact;
  std::filesystem::path extension = std::filesystem::path(path).extension();
  if (extension == ".safetensors")
    return Kind::Weights;
  if (extension == ".json" || !std::filesystem::exists(path, error))
    return Kind::Spec;
  char first = 0;
  std::ifstream(path) >> std::ws >> first;
  return first == '{' ? Kind::Spec : Kind::Weights;
}

static int runInspect(const InspectFlags &flags) {
  DiagnosticList diagnostics;
  std::optional<std::string> text;
  Kind kind = kindOf(flags.path);
  if (flags.spec)
    text = printSpec(flags.path, flags.batch, diagnostics);
  else if (kind == Kind::Spec)
    text = inspectSpec(flags.path, flags.batch, flags.json, diagnostics);
  else if (flags.batch)
    diagnostics.error(ErrorKind::Usage, "--batch", "only applies to specs",
                      "'mobileonec compile --batch' makes a library for more "
                      "images");
  else if (kind == Kind::Weights)
    text = inspectWeights(flags.path, flags.json, diagnostics);
  else
    text = inspectArtifact(flags.path, flags.json, diagnostics);
  return text ? printResult(*text) : report(diagnostics);
}

void mobileone::addInspectVerb(CLI::App &app, VerbAction &action) {
  auto flags = std::make_shared<InspectFlags>();
  CLI::App *verb = addVerb(
      app, {"inspect", "Show what a spec, a checkpoint or an artifact holds",
            "(SPEC | FILE.safetensors | DIR) [--spec] [--json]",
            "For a spec: layers, shapes, multiply-adds, parameters, memory. "
            "For weights:\nnaming, form and tensors. For a folder that "
            "'compile' wrote: its manifest.",
            "mobileonec inspect mobileone_s1\n"
            "mobileonec inspect --spec mobileone_s1 > my_network.json\n"
            "mobileonec inspect checkpoint.safetensors"});
  verb->add_option("WHAT", flags->path,
                   "JSON file, built-in, safetensors file or folder")
      ->required();
  addBatchFlag(*verb, flags->batch);
  verb->add_flag("--spec", flags->spec,
                 "Print a spec as JSON with every value explicit");
  verb->add_flag("--json", flags->json, "Print JSON");
  verb->callback(
      [flags, &action] { action = [flags] { return runInspect(*flags); }; });
}
