//===- InspectArtifact.cpp - What compile wrote to a folder ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/Artifact.h"
#include "compiler/Tools/Inspect.h"
#include "compiler/Tools/Npy.h"
#include "compiler/Tools/ResultTable.h"

#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace mobileone;
using nlohmann::ordered_json;

/// "input f32 nchw (1, 3, 224, 224)"
static std::string describeTensor(const ordered_json &tensor) {
  return fmt::format(
      "{} {} {} {}", tensor.at("name").get<std::string>(),
      tensor.at("type").get<std::string>(),
      tensor.at("layout").get<std::string>(),
      formatShape(tensor.at("shape").get<std::vector<int64_t>>()));
}

static std::string stepTable(const ordered_json &program) {
  using Align = ResultTable::Align;
  ResultTable table({{"step", Align::Left},
                     {"schedule", Align::Left},
                     {"adds up in", Align::Left},
                     {"tiles"},
                     {"M mult-adds"}});
  for (const ordered_json &step : program.at("steps"))
    table.addRow({step.at("name").get<std::string>(),
                  step.at("schedule").get<std::string>(),
                  step.at("accumulators").get<std::string>(),
                  std::to_string(step.at("tiles").get<int64_t>()),
                  fmt::format("{:.2f}",
                              step.at("multiply_adds").get<int64_t>() * 1e-6)});
  return table.str();
}

/// Throws nlohmann's exception where the manifest lacks something.
static std::string asText(const ordered_json &manifest) {
  const ordered_json &versions = manifest.at("versions");
  const ordered_json &packed = manifest.at("packed_weights");
  std::string text =
      fmt::format("{}: compiled in {} by mobileonec {}, LLVM {}, Halide {}\n",
                  manifest.at("name").get<std::string>(),
                  manifest.at("precision").get<std::string>(),
                  versions.at("mobileonec").get<std::string>(),
                  versions.at("llvm").get<std::string>(),
                  versions.at("halide").get<std::string>());
  for (const ordered_json &tensor : manifest.at("inputs"))
    text += fmt::format("input:   {}\n", describeTensor(tensor));
  for (const ordered_json &tensor : manifest.at("outputs"))
    text += fmt::format("output:  {}\n", describeTensor(tensor));
  text += fmt::format(
      "weights: {} naming, {} form; packed {}{}\n",
      manifest.at("weights").at("naming").get<std::string>(),
      manifest.at("weights").at("form").get<std::string>(),
      formatBytes(packed.at("bytes").get<double>()),
      packed.at("in_file").get<bool>() ? " in a file of their own" : "");
  for (const ordered_json &program : manifest.at("programs"))
    text += fmt::format("\n{}: arena {}, scratch per thread {}, {:.2f} M "
                        "mult-adds\n\n{}",
                        program.at("target").get<std::string>(),
                        formatBytes(program.at("arena_bytes").get<double>()),
                        formatBytes(program.at("scratch_bytes").get<double>()),
                        program.at("multiply_adds").get<int64_t>() * 1e-6,
                        stepTable(program));
  return text;
}

std::optional<std::string>
mobileone::inspectArtifact(const std::string &folder, bool json,
                           DiagnosticList &diagnostics) {
  std::optional<std::string> path = findManifest(folder, diagnostics);
  if (!path)
    return std::nullopt;
  std::ifstream file(*path);
  ordered_json manifest = ordered_json::parse(file, nullptr, false);
  try {
    if (manifest.is_object())
      return json ? manifest.dump(2) + "\n" : asText(manifest);
  } catch (const ordered_json::exception &) {
    // Reported below: valid JSON, but no manifest of this version.
  }
  diagnostics.error(ErrorKind::BadInput, escapeForDisplay(*path),
                    "is not a manifest that this version writes",
                    "compile the model again");
  return std::nullopt;
}
