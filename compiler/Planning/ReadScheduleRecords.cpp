//===- ReadScheduleRecords.cpp - Records from JSON ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/ScheduleRecords.h"
#include "compiler/Spec/ObjectReader.h"
#include "compiler/Support/JsonText.h"
#include "compiler/Support/MappedFile.h"

#include <fmt/format.h>

using namespace mobileone;

static constexpr size_t kMostRecords = 100000;
static constexpr size_t kMostLines = 64;
static constexpr int64_t kLargestValue = 1 << 20;
static constexpr Range<double> kMicroseconds = {1e-3, 1e9};

static std::map<std::string, int> readParameters(ObjectReader &record) {
  std::map<std::string, int> parameters;
  if (!record.has("parameters"))
    return parameters;
  const nlohmann::json *values = record.find("parameters");
  ObjectReader reader = record.child("parameters");
  if (!reader.isObject())
    return parameters;
  for (const auto &[name, value] : values->items())
    if (std::optional<int64_t> number =
            reader.integer(name.c_str(), {0, kLargestValue}))
      parameters[name] = int(*number);
  return parameters;
}

static std::string joinLines(const std::vector<std::string> &lines) {
  std::string text;
  for (const std::string &line : lines)
    text += line + "\n";
  return text;
}

static ScheduleRecord readRecord(ObjectReader reader) {
  ScheduleRecord record;
  reader.require({"schedule", "workload", "parameters", "microseconds",
                  "default_microseconds"});
  record.schedule = reader.string("schedule").value_or("");
  std::vector<std::string> lines =
      reader.strings("workload").value_or(std::vector<std::string>());
  if (lines.size() > kMostLines)
    reader.error("workload", fmt::format("has {} lines, at most {} are allowed",
                                         lines.size(), kMostLines));
  record.workload = joinLines(lines);
  record.parameters = readParameters(reader);
  record.microseconds =
      reader.number("microseconds", kMicroseconds).value_or(1);
  record.defaultMicroseconds =
      reader.number("default_microseconds", kMicroseconds).value_or(1);
  if (reader.has("measured_by"))
    record.measuredBy = reader.string("measured_by").value_or("");
  reader.reportUnknownKeys();
  return record;
}

static void readRecords(ObjectReader &root, ScheduleRecords &records) {
  const nlohmann::json *list = root.array("records", {0, kMostRecords});
  for (size_t i = 0, count = list ? list->size() : 0; i < count; ++i) {
    ScheduleRecord record = readRecord(root.child("records", i));
    if (records.find(record.workload))
      root.child("records", i)
          .error("workload", "is the workload of an earlier record",
                 "keep one of them");
    records.set(std::move(record));
  }
}

std::optional<ScheduleRecords>
mobileone::parseScheduleRecords(const std::string &text,
                                const std::string &fileName,
                                DiagnosticList &diagnostics) {
  std::optional<nlohmann::json> json =
      parseJson(text, fileName, JsonLimits(), diagnostics);
  if (!json)
    return std::nullopt;
  DiagnosticList problems;
  ObjectReader root(*json, "", fileName, problems);
  ScheduleRecords records;
  records.origin = fileName;
  root.require({"parameters_version", "target", "records"});
  records.version =
      int(root.integer("parameters_version", {1, kLargestValue}).value_or(1));
  if (records.version > schedules::parametersVersion)
    root.error("parameters_version",
               fmt::format("is {}; this compiler knows versions up to {}",
                           records.version, schedules::parametersVersion),
               "use the compiler that tuned, or tune again");
  records.target = root.string("target").value_or("");
  readRecords(root, records);
  root.reportUnknownKeys();
  for (const Diagnostic &each : problems.all())
    diagnostics.error(each.kind, each.where, each.message, each.hint);
  if (problems.hasErrors())
    return std::nullopt;
  return records;
}

std::optional<ScheduleRecords>
mobileone::loadScheduleRecords(const std::string &path,
                               DiagnosticList &diagnostics) {
  std::shared_ptr<const MappedFile> file = MappedFile::open(path, diagnostics);
  if (!file)
    return std::nullopt;
  return parseScheduleRecords(std::string(file->text()), path, diagnostics);
}
