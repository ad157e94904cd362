//===- TunedSchedules.cpp - Which parameters a kernel gets ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/TunedSchedules.h"

#include <fmt/format.h>

using namespace mobileone;

void TunedSchedules::add(ScheduleRecords records) {
  if (records.version < schedules::parametersVersion)
    warn(fmt::format("{}: not used: its parameters are of version {}, this "
                     "compiler's of version {}; tune again",
                     records.origin, records.version,
                     schedules::parametersVersion));
  else
    files.push_back(std::move(records));
}

void TunedSchedules::warn(std::string message) {
  messages.push_back(std::move(message));
}

/// Why `record` does not serve `request`, or "".
static std::string problemWith(const ScheduleRecord &record,
                               schedules::KernelRequest request,
                               const schedules::Schedule &schedule) {
  if (record.schedule != schedule.name)
    return fmt::format("is for the schedule {}, and {} serves the kernel now",
                       record.schedule, schedule.name);
  request.parameters = record.parameters;
  return problemWithParameters(schedule, request);
}

const std::map<std::string, int> *
TunedSchedules::find(const schedules::KernelRequest &request,
                     const schedules::Schedule &schedule) {
  std::string workload = printWorkload(request);
  for (auto file = files.rbegin(); file != files.rend(); ++file) {
    if (file->target != request.machine.name)
      continue;
    const ScheduleRecord *record = file->find(workload);
    if (!record)
      continue;
    std::string problem = problemWith(*record, request, schedule);
    if (problem.empty())
      return &record->parameters;
    if (reported.insert(record).second)
      warn(fmt::format("{}: records[{}] is stale and not used: {}; tune again",
                       file->origin, record - file->records.data(), problem));
  }
  return nullptr;
}
