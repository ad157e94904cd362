//===- Manifest.cpp - What a library was made of -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Manifest.h"

#include "compiler/Codegen/ModelHeader.h"

#include "nlohmann/json.hpp"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/SHA256.h"

using namespace mobileone;
// Keys stay in the order in which they are written.
using Json = nlohmann::ordered_json;

std::string mobileone::sha256(const void *data, size_t bytes) {
  llvm::ArrayRef<uint8_t> content(static_cast<const uint8_t *>(data), bytes);
  return llvm::toHex(llvm::SHA256::hash(content), /*LowerCase=*/true);
}

uint64_t mobileone::weightsId(const std::vector<uint8_t> &weights) {
  std::array<uint8_t, 32> hash = llvm::SHA256::hash(weights);
  uint64_t id = 0;
  for (int i = 0; i < 8; ++i)
    id = id << 8 | hash[i];
  return id;
}

std::string mobileone::compilerVersion() { return MOBILEONE_VERSION; }

static Json describe(const std::vector<ModelTensor> &tensors) {
  Json list = Json::array();
  for (const ModelTensor &tensor : tensors)
    list.push_back({{"name", tensor.name},
                    {"type", nameOfType(tensor.type)},
                    {"layout", nameOfLayout(tensor.layout)},
                    {"shape", tensor.shape},
                    {"bytes", tensor.bytes()}});
  return list;
}

static const char *nameOfSpace(mobileone_space space) {
  switch (space) {
  case MOBILEONE_SPACE_ARENA:
    return "arena";
  case MOBILEONE_SPACE_WEIGHTS:
    return "weights";
  case MOBILEONE_SPACE_SCRATCH:
    return "scratch";
  case MOBILEONE_SPACE_INPUT:
    return "input";
  case MOBILEONE_SPACE_OUTPUT:
    return "output";
  }
  llvm_unreachable("a space without a name");
}

/// From the first to the last element, without the border.
static uint64_t spannedBytes(const StepOperand &operand) {
  uint64_t last = 0;
  for (const mobileone_dimension &dimension : operand.dimensions)
    last += uint64_t(dimension.extent - 1) * uint64_t(dimension.stride);
  return (last + 1) * uint64_t(schedules::bytesOf(operand.type));
}

/// Where a step's operands lie; those that it writes come last.
static Json describeOperands(const Step &step, size_t written) {
  Json operands = Json::array();
  for (const StepOperand &operand : step.operands)
    operands.push_back(
        {{"space", nameOfSpace(operand.space)},
         {"type", nameOfType(operand.type)},
         {"offset", operand.offset},
         {"bytes", spannedBytes(operand)},
         {"written", operands.size() + written >= step.operands.size()}});
  return operands;
}

/// Where a step's kernel is launched, and what each launch takes of GPUs.
static Json describeLaunches(const Step &step, const Program &program) {
  Json launches = Json::array();
  for (const Launch &launch : step.launches) {
    Json resources = Json::object();
    for (const DeviceCode &code : program.codes)
      if (auto found = code.kernels.find(launch.entry);
          found != code.kernels.end())
        resources["sm_" + std::to_string(code.capability)] = {
            {"registers", found->second.registers},
            {"stack_bytes", found->second.stackBytes},
            {"spill_bytes", found->second.spillBytes}};
    launches.push_back({{"entry", launch.entry},
                        {"grid", launch.grid},
                        {"block", launch.block},
                        {"shared_bytes", launch.sharedBytes},
                        {"resources", std::move(resources)}});
  }
  return launches;
}

static const char *nameOf(mobileone_device_code_kind kind) {
  switch (kind) {
  case MOBILEONE_DEVICE_CODE_PTX:
    return "ptx";
  case MOBILEONE_DEVICE_CODE_CUBIN:
    return "cubin";
  case MOBILEONE_DEVICE_CODE_OPENCL:
    return "opencl";
  }
  llvm_unreachable("device code without a name");
}

/// What only programs of GPUs have.
static void describeGpu(const Program &program, Json &json) {
  size_t launches = 0;
  for (const Step &step : program.steps)
    launches += step.launches.size();
  Json codes = Json::array();
  for (const DeviceCode &code : program.codes)
    codes.push_back({{"kind", nameOf(code.kind)},
                     {"capability", code.capability},
                     {"bytes", code.bytes.size()}});
  json["images"] = program.images;
  json["launches"] = launches;
  json["device_codes"] = std::move(codes);
}

static Json describe(const Step &step, const Program &program) {
  const KernelJob &job = program.kernels[step.kernelJob];
  Json json = {
      {"name", step.name},
      {"kernel", job.symbol},
      {"schedule", job.layout.schedule},
      {"tuning", step.tuning},
      {"parameters", Json(job.layout.parameters)},
      {"accumulators", accumulatorsOf(job)},
      {"tiles", step.tileCount},
      {"multiply_adds", step.multiplyAdds},
      {"operands", describeOperands(step, job.request.outputs.size())}};
  if (!step.launches.empty())
    json["launches"] = describeLaunches(step, program);
  return json;
}

static Json describe(const Program &program) {
  Json steps = Json::array();
  uint64_t multiplyAdds = 0;
  for (const Step &step : program.steps) {
    steps.push_back(describe(step, program));
    multiplyAdds += step.multiplyAdds;
  }
  const Target &target = *program.target;
  Json json = {{"target", target.name},
               {"triple", target.triple},
               {"cpu", target.cpu},
               {"halide_target", target.machine.halideTarget},
               {"arena_bytes", program.arenaBytes},
               {"scratch_bytes", program.scratchBytes},
               {"multiply_adds", multiplyAdds},
               {"distinct_kernels", program.kernels.size()}};
  if (!program.codes.empty())
    describeGpu(program, json);
  json["steps"] = std::move(steps);
  return json;
}

std::string mobileone::printManifest(const ModelTables &tables,
                                     const ManifestFacts &facts) {
  Json programs = Json::array();
  for (const Program &program : tables.programs)
    programs.push_back(describe(program));
  Json source = {{"source", facts.weightsSource},
                 {"naming", facts.naming},
                 {"form", facts.form}};
  if (!facts.weightsSha256.empty())
    source["sha256"] = facts.weightsSha256;
  Json manifest = {{"manifest_version", 1},
                   {"name", tables.name},
                   {"batch", tables.batch},
                   {"precision", nameOfType(tables.precision)},
                   {"versions",
                    {{"mobileonec", compilerVersion()},
                     {"abi", MOBILEONE_ABI_VERSION},
                     {"llvm", LLVM_VERSION_STRING},
                     {"halide", halideVersion()}}},
                   {"spec", {{"sha256", facts.specSha256}}},
                   {"weights", std::move(source)},
                   {"largest_merge_difference", facts.mergeDifference},
                   {"packed_weights",
                    {{"bytes", facts.packedBytes},
                     {"sha256", facts.packedSha256},
                     {"in_file", facts.weightsInFile}}},
                   {"inputs", describe(tables.inputs)},
                   {"outputs", describe(tables.outputs)},
                   {"programs", std::move(programs)},
                   {"files", Json(facts.files)}};
  return manifest.dump(2) + "\n";
}
