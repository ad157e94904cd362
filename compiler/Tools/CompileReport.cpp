//===- CompileReport.cpp - What a compilation did -------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/CompileReport.h"

#include "compiler/Codegen/PackageFiles.h"
#include "compiler/Planning/KernelRequests.h"
#include "compiler/Tools/ResultTable.h"

#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

using namespace mobileone;
using nlohmann::ordered_json;

static std::vector<KernelOp> kernelsOf(const PlannedModule &planned) {
  std::vector<KernelOp> kernels;
  mlir::ModuleOp module = *planned.module;
  module.walk([&](KernelOp kernel) { kernels.push_back(kernel); });
  return kernels;
}

static int64_t arenaBytes(const PlannedModule &planned) {
  mlir::ModuleOp module = *planned.module;
  auto bytes = module->getAttrOfType<mlir::IntegerAttr>(arenaBytesAttrName);
  return bytes ? bytes.getInt() : 0;
}

static std::vector<int64_t> resultShape(KernelOp kernel) {
  auto type = llvm::cast<mlir::RankedTensorType>(kernel.getResult(0).getType());
  return type.getShape().vec();
}

static int64_t multiplyAddsOf(KernelOp kernel) {
  std::optional<PlannedKernel> plan = plannedKernelOf(kernel);
  return plan ? schedules::multiplyAdds(plan->request) : 0;
}

/// "x86.stem, tuned".
static std::string scheduleOf(KernelOp kernel) {
  std::string name = kernel.getSchedule().value_or("").str();
  Tuning tuning = tuningOf(kernel);
  return tuning == Tuning::Fixed ? name : name + ", " + tuningName(tuning);
}

/// One row per kernel; targets differ in schedules only.
static std::string kernelTable(const CompileResult &result) {
  using Align = ResultTable::Align;
  std::vector<ResultTable::Column> columns = {
      {"kernel", Align::Left}, {"result"}, {"M mult-adds"}};
  std::vector<std::vector<KernelOp>> kernels;
  for (const PlannedModule &planned : result.planned) {
    columns.push_back({"schedule, " + planned.target->name, Align::Left});
    kernels.push_back(kernelsOf(planned));
  }
  ResultTable table(columns);
  for (size_t i = 0; i < kernels.front().size(); ++i) {
    KernelOp kernel = kernels.front()[i];
    std::vector<std::string> row = {
        kernel.getName().str(),
        fmt::format("{}", fmt::join(resultShape(kernel), "x")),
        fmt::format("{:.2f}", multiplyAddsOf(kernel) * 1e-6)};
    for (std::vector<KernelOp> &target : kernels)
      row.push_back(scheduleOf(target[i]));
    table.addRow(row);
  }
  return table.str();
}

static std::string pathOf(const CompileOptions &options,
                          const std::string &file) {
  return std::filesystem::path(options.output) / file;
}

static uintmax_t sizeOf(const std::string &path) {
  std::error_code error;
  uintmax_t size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

static std::string fileTable(const CompileOptions &options,
                             const CompileResult &result) {
  ResultTable table({{"file", ResultTable::Align::Left}, {"size"}});
  for (const std::string &file : result.files) {
    std::string path = pathOf(options, file);
    table.addRow({path, formatBytes(sizeOf(path))});
  }
  return table.str();
}

/// "tuned kernels for x86-64-v4: 9 of 11", those that cannot be tuned apart.
static std::string tuningLine(const CompileResult &result) {
  std::string text;
  for (const PlannedModule &planned : result.planned) {
    size_t tuned = 0, all = 0;
    for (KernelOp kernel : kernelsOf(planned)) {
      tuned += tuningOf(kernel) == Tuning::Tuned;
      all += tuningOf(kernel) != Tuning::Fixed;
    }
    text +=
        fmt::format("{} for {} {} of {}", text.empty() ? "tuned kernels" : ";",
                    planned.target->name, tuned, all);
  }
  return text + "\n";
}

static std::string memoryLine(const CompileResult &result) {
  std::string text = fmt::format("packed weights {}",
                                 formatBytes(result.packed.bytes().size()));
  for (const PlannedModule &planned : result.planned)
    text += fmt::format("; arena for {} {}", planned.target->name,
                        formatBytes(arenaBytes(planned)));
  return text + "\n";
}

static const char *formName(CheckpointForm form) {
  return form == CheckpointForm::Train ? "train" : "fused";
}

static std::string linkLine(const CompileOptions &options,
                            const CompileResult &result) {
  std::string libraries = systemLibraries(*options.targets.front());
  return fmt::format("\nlink with: {} -lmobileone_runtime{}{}\n",
                     pathOf(options, "lib" + result.spec->name + ".a"),
                     libraries.empty() ? "" : " ", libraries);
}

std::string mobileone::compileReportAsText(const CompileOptions &options,
                                           const CompileResult &result,
                                           bool verbose) {
  std::string text = fmt::format(
      "{}: {} weights, {} form, {}\n", result.spec->name, result.naming,
      formName(result.form), precisionName(result.precision));
  if (std::string merged = result.merged.summary(); !merged.empty())
    text += merged + "\n";
  if (verbose && !result.merged.layers().empty())
    text += "\n" + result.merged.table();
  if (!result.planned.empty())
    text +=
        "\n" + kernelTable(result) + tuningLine(result) + memoryLine(result);
  if (!result.files.empty())
    text += "\n" + fileTable(options, result);
  if (options.stopAfter == Phase::Library && options.emit.count(Emit::Library))
    text += linkLine(options, result);
  return text;
}

static ordered_json mergeAsJson(const MergeReport &report) {
  ordered_json layers = ordered_json::array();
  for (const MergedLayer &layer : report.layers())
    layers.push_back({{"layer", layer.layer},
                      {"conv_branches", layer.convBranches},
                      {"scale_branch", layer.hasScale},
                      {"skip_branch", layer.hasSkip},
                      {"max_difference", layer.maxDifference}});
  return {{"max_difference", report.maxDifference()}, {"layers", layers}};
}

static ordered_json targetAsJson(const PlannedModule &planned) {
  ordered_json kernels = ordered_json::array();
  for (KernelOp kernel : kernelsOf(planned))
    kernels.push_back({{"name", kernel.getName().str()},
                       {"result", resultShape(kernel)},
                       {"multiply_adds", multiplyAddsOf(kernel)},
                       {"schedule", kernel.getSchedule().value_or("").str()},
                       {"tuning", tuningName(tuningOf(kernel))}});
  return {{"name", planned.target->name},
          {"arena_bytes", arenaBytes(planned)},
          {"kernels", kernels}};
}

std::string mobileone::compileReportAsJson(const CompileOptions &options,
                                           const CompileResult &result) {
  ordered_json targets = ordered_json::array();
  for (const PlannedModule &planned : result.planned)
    targets.push_back(targetAsJson(planned));
  ordered_json files = ordered_json::array();
  for (const std::string &file : result.files) {
    std::string path = pathOf(options, file);
    files.push_back({{"path", path}, {"bytes", sizeOf(path)}});
  }
  ordered_json seconds = ordered_json::object();
  for (const PhaseTime &time : result.times)
    seconds[phaseName(time.phase)] = time.seconds;
  ordered_json report = {{"name", result.spec->name},
                         {"precision", precisionName(result.precision)},
                         {"weights",
                          {{"naming", result.naming},
                           {"form", formName(result.form)},
                           {"packed_bytes", result.packed.bytes().size()}}},
                         {"merged", mergeAsJson(result.merged)},
                         {"targets", targets},
                         {"files", files},
                         {"warnings", result.warnings},
                         {"seconds", seconds}};
  return report.dump(2) + "\n";
}

std::string mobileone::compileTimesAsText(const CompileResult &result) {
  double total = 0;
  std::vector<std::string> phases;
  for (const PhaseTime &time : result.times) {
    total += time.seconds;
    phases.push_back(
        fmt::format("{} {:.1f}", phaseName(time.phase), time.seconds));
  }
  return fmt::format("compiled in {:.1f} s: {}\n", total,
                     fmt::join(phases, ", "));
}
