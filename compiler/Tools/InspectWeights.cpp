//===- InspectWeights.cpp - A checkpoint's tensors ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/MappedFile.h"
#include "compiler/Tools/Inspect.h"
#include "compiler/Tools/Npy.h"
#include "compiler/Tools/ResultTable.h"
#include "compiler/Weights/CheckpointStructure.h"
#include "compiler/Weights/Safetensors.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace mobileone;
using nlohmann::ordered_json;

/// Names tell the naming; the deepest built-in has all names that others have.
static std::optional<Recognition> recognize(const WeightStore &file) {
  return recognizeNaming(file, *builtinSpec(builtinSpecNames().back()));
}

static const char *formName(CheckpointForm form) {
  return form == CheckpointForm::Train ? "train" : "fused";
}

static uint64_t bytesOf(const WeightView &view) {
  return view.elements() * weightTypeBytes(view.type);
}

static std::string asText(const std::string &path, const WeightStore &file,
                          const std::optional<Recognition> &recognition) {
  ResultTable table({{"tensor", ResultTable::Align::Left},
                     {"type", ResultTable::Align::Left},
                     {"shape", ResultTable::Align::Left}});
  uint64_t bytes = 0;
  for (const std::string &name : file.names()) {
    const WeightView &view = *file.find(name);
    bytes += bytesOf(view);
    table.addRow({escapeForDisplay(name), weightTypeName(view.type),
                  formatShape(view.shape)});
  }
  std::string kind =
      recognition ? fmt::format("{} naming, {} form", recognition->scheme->name,
                                formName(recognition->form))
                  : "not a MobileOne checkpoint that is known";
  return fmt::format("{}: {}, {} tensors, {}\n\n{}", escapeForDisplay(path),
                     kind, file.names().size(), formatBytes(bytes),
                     table.str());
}

static std::string asJson(const WeightStore &file,
                          const std::optional<Recognition> &recognition) {
  ordered_json tensors = ordered_json::array();
  for (const std::string &name : file.names()) {
    const WeightView &view = *file.find(name);
    tensors.push_back({{"name", name},
                       {"type", weightTypeName(view.type)},
                       {"shape", view.shape}});
  }
  ordered_json report = {{"naming", nullptr}, {"form", nullptr}};
  if (recognition) {
    report["naming"] = recognition->scheme->name;
    report["form"] = formName(recognition->form);
  }
  report["tensors"] = tensors;
  return report.dump(2, ' ', false, ordered_json::error_handler_t::replace) +
         "\n";
}

std::optional<std::string>
mobileone::inspectWeights(const std::string &path, bool json,
                          DiagnosticList &diagnostics) {
  std::optional<WeightStore> file = readSafetensors(path, diagnostics);
  if (!file)
    return std::nullopt;
  std::optional<Recognition> recognition = recognize(*file);
  return json ? asJson(*file, recognition) : asText(path, *file, recognition);
}
