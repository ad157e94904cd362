//===- TunedSchedules.h - Which parameters a kernel gets --------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PLANNING_TUNEDSCHEDULES_H
#define MOBILEONE_PLANNING_TUNEDSCHEDULES_H

#include "compiler/Planning/ScheduleRecords.h"

#include <set>
#include <string>
#include <vector>

namespace mobileone {

/// Records of several files and targets, and what is wrong with those that were
/// asked for.
class TunedSchedules {
public:
  /// Later files go before earlier ones. One of an older parametersVersion is
  /// left out, with a warning.
  void add(ScheduleRecords records);

  /// The parameters of `request` on its machine, or null if no record serves
  /// it. A record that its schedule no longer accepts is not used; the first
  /// time, a warning says so.
  const std::map<std::string, int> *
  find(const schedules::KernelRequest &request,
       const schedules::Schedule &schedule);

  /// In the order in which they arose, each once.
  const std::vector<std::string> &warnings() const { return messages; }

private:
  void warn(std::string message);

  std::vector<ScheduleRecords> files; ///< Best last.
  std::vector<std::string> messages;
  std::set<const ScheduleRecord *> reported;
};

} // namespace mobileone

#endif // MOBILEONE_PLANNING_TUNEDSCHEDULES_H
