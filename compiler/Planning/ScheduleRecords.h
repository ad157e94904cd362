//===- ScheduleRecords.h - Schedules found by tuning ------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What `mobileonec tune` found for one target, as a JSON file:
//
//   {
//     "parameters_version": 1,
//     "target": "x86-64-v4",
//     "records": [
//       {
//         "schedule": "x86.depthwise_pointwise",
//         "workload": ["%0 = input 128x28x28 ...", ...],
//         "parameters": {"pixels": 14, "vectors": 2, ...},
//         "microseconds": 34.1,
//         "default_microseconds": 35.3
//       }
//     ]
//   }
//
// A record serves every kernel with its workload (printWorkload, in lines),
// whatever the model. Times are what a call took at best within a network, with
// these parameters and with the schedule's own, in the same runs; they say what
// tuning was good for and decide which of two records is kept. Where nothing
// was measured, `"measured_by": "estimate for ..."` says where they come from.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PLANNING_SCHEDULERECORDS_H
#define MOBILEONE_PLANNING_SCHEDULERECORDS_H

#include "compiler/Support/Diagnostics.h"
#include "schedules/Schedule.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

struct ScheduleRecord {
  std::string schedule; ///< Its name.
  std::string workload; ///< printWorkload of the kernel's request.
  /// All that the schedule has, by name.
  std::map<std::string, int> parameters;
  double microseconds = 0, defaultMicroseconds = 0;
  /// What times come from if not from the device: "estimate for iphone12 (Apple
  /// A14, Firestorm core)".
  std::string measuredBy;

  bool isEstimate() const { return !measuredBy.empty(); }
};

/// The records of one file.
struct ScheduleRecords {
  int version = schedules::parametersVersion;
  std::string target;
  std::vector<ScheduleRecord> records; ///< One per workload.
  std::string origin; ///< Where they come from, for messages; not in the file.

  const ScheduleRecord *find(const std::string &workload) const;
  /// Adds `record` or replaces the one of its workload.
  void set(ScheduleRecord record);
};

/// Reads a file's content; reports all that is wrong with it as BadInput. A
/// file of a newer version than this compiler's is wrong, an older one is not.
std::optional<ScheduleRecords>
parseScheduleRecords(const std::string &text, const std::string &fileName,
                     DiagnosticList &diagnostics);

/// The same of the file at `path`.
std::optional<ScheduleRecords> loadScheduleRecords(const std::string &path,
                                                   DiagnosticList &diagnostics);

/// As JSON; the same bytes for the same records.
std::string printScheduleRecords(const ScheduleRecords &records);

/// All records of `files`. Of two with the same workload the one that was
/// measured stays, or else the one that gains more over the schedule's own
/// choice stays, the first one if they gain the same: both of its times are
/// from the same runs, while times of different files may be from different
/// hours. Reports BadInput where targets or versions differ.
std::optional<ScheduleRecords>
mergeScheduleRecords(const std::vector<ScheduleRecords> &files,
                     DiagnosticList &diagnostics);

/// The records that this compiler ships, one element per target.
const std::vector<ScheduleRecords> &shippedScheduleRecords();

} // namespace mobileone

#endif // MOBILEONE_PLANNING_SCHEDULERECORDS_H
