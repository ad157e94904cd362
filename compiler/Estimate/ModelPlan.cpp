//===- ModelPlan.cpp - What a manifest says of steps ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/ModelPlan.h"

#include "compiler/Support/JsonText.h"

#include "llvm/Support/MemoryBuffer.h"

#include <algorithm>

using namespace mobileone;
using nlohmann::json;

static PlannedStep readStep(const json &entry) {
  PlannedStep step;
  step.name = entry.at("name");
  step.kernel = entry.at("kernel");
  step.tiles = entry.at("tiles");
  step.multiplyAdds = entry.at("multiply_adds");
  for (const json &operand : entry.at("operands")) {
    const std::string &space =
        operand.at("space").get_ref<const std::string &>();
    uint64_t bytes = operand.at("bytes");
    if (space == "weights")
      step.weightBytes += bytes;
    else if (space != "scratch")
      (operand.at("written").get<bool>() ? step.writtenBytes
                                         : step.readBytes) += bytes;
  }
  return step;
}

static PlannedProgram readProgram(const json &entry) {
  PlannedProgram program;
  program.target = entry.at("target");
  program.arenaBytes = entry.at("arena_bytes");
  program.scratchBytes = entry.at("scratch_bytes");
  for (const json &step : entry.at("steps"))
    program.steps.push_back(readStep(step));
  return program;
}

std::optional<ModelPlan> mobileone::readModelPlan(const std::string &path,
                                                  DiagnosticList &diagnostics) {
  auto text = llvm::MemoryBuffer::getFile(path);
  if (!text) {
    diagnostics.error(ErrorKind::BadInput, path,
                      "cannot be read: " + text.getError().message(),
                      "give a folder that 'mobileonec compile' wrote");
    return std::nullopt;
  }
  llvm::StringRef content = (*text)->getBuffer();
  std::optional<json> manifest = parseJson({content.data(), content.size()},
                                           path, {16, 1 << 24}, diagnostics);
  if (!manifest)
    return std::nullopt;
  try {
    ModelPlan plan;
    plan.model = manifest->at("name");
    plan.precision = manifest->value("precision", "f32");
    plan.batch = std::max(1u, manifest->value("batch", 1u));
    for (const json &input : manifest->at("inputs"))
      plan.inputBytes += input.at("bytes").get<uint64_t>();
    plan.weightsInFile = manifest->at("packed_weights").at("in_file");
    for (const json &program : manifest->at("programs"))
      plan.programs.push_back(readProgram(program));
    return plan;
  } catch (const json::exception &) {
    diagnostics.error(ErrorKind::BadInput, path,
                      "is not a manifest that this version writes",
                      "compile the model again");
    return std::nullopt;
  }
}
