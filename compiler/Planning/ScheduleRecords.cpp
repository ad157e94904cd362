//===- ScheduleRecords.cpp - Schedules found by tuning --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/ScheduleRecords.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace mobileone;
using Json = nlohmann::ordered_json;

template <typename Records>
static auto findIn(Records &records, const std::string &workload) {
  return std::find_if(
      records.begin(), records.end(),
      [&](const ScheduleRecord &each) { return each.workload == workload; });
}

const ScheduleRecord *ScheduleRecords::find(const std::string &workload) const {
  auto found = findIn(records, workload);
  return found == records.end() ? nullptr : &*found;
}

void ScheduleRecords::set(ScheduleRecord record) {
  auto found = findIn(records, record.workload);
  if (found == records.end())
    records.push_back(std::move(record));
  else
    *found = std::move(record);
}

static Json linesOf(const std::string &workload) {
  Json lines = Json::array();
  for (size_t start = 0; start < workload.size();) {
    size_t end = workload.find('\n', start);
    lines.push_back(workload.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

/// To a nanosecond, which is less than times repeat by.
static double rounded(double microseconds) {
  return std::round(microseconds * 1e3) / 1e3;
}

std::string mobileone::printScheduleRecords(const ScheduleRecords &records) {
  Json list = Json::array();
  for (const ScheduleRecord &record : records.records) {
    list.push_back(
        {{"schedule", record.schedule},
         {"workload", linesOf(record.workload)},
         {"parameters", Json(record.parameters)},
         {"microseconds", rounded(record.microseconds)},
         {"default_microseconds", rounded(record.defaultMicroseconds)}});
    if (record.isEstimate())
      list.back()["measured_by"] = record.measuredBy;
  }
  Json file = {{"parameters_version", records.version},
               {"target", records.target},
               {"records", std::move(list)}};
  return file.dump(2) + "\n";
}

/// Time with the record's parameters per time without.
static double relativeTime(const ScheduleRecord &record) {
  return record.microseconds / record.defaultMicroseconds;
}

/// Whether `record` is to replace `known`, of the same workload.
static bool isBetter(const ScheduleRecord &record,
                     const ScheduleRecord &known) {
  if (record.isEstimate() != known.isEstimate())
    return known.isEstimate();
  return relativeTime(record) < relativeTime(known);
}

std::optional<ScheduleRecords>
mobileone::mergeScheduleRecords(const std::vector<ScheduleRecords> &files,
                                DiagnosticList &diagnostics) {
  ScheduleRecords merged = files.front();
  for (const ScheduleRecords &file : files) {
    if (file.target != merged.target)
      diagnostics.error(ErrorKind::BadInput, file.origin,
                        fmt::format("holds records for {}, {} for {}",
                                    file.target, merged.origin, merged.target),
                        "merge files of one target");
    if (file.version != merged.version)
      diagnostics.error(
          ErrorKind::BadInput, file.origin,
          fmt::format("holds parameters of version {}, {} of version {}",
                      file.version, merged.origin, merged.version),
          "tune again what is older");
    for (const ScheduleRecord &record : file.records) {
      const ScheduleRecord *known = merged.find(record.workload);
      if (!known || isBetter(record, *known))
        merged.set(record);
    }
  }
  if (diagnostics.hasErrors())
    return std::nullopt;
  return merged;
}
