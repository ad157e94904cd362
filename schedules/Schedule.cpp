//===- Schedule.cpp - The lists of schedules ------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/Schedule.h"
#include "schedules/generic/Schedules.h"
#include "schedules/x86/Schedules.h"

namespace mobileone::schedules {

const std::vector<Schedule> &schedulesOf(const std::string &family) {
  static const std::vector<Schedule> generic = {genericSchedule};
  static const std::vector<Schedule> x86 = {
      x86DepthwisePointwise, x86Pointwise, x86Depthwise,   x86Stem,
      x86PoolLinear,         x86Excite,    x86WriteOutput, genericSchedule};
  return family == "x86" ? x86 : generic;
}

const Schedule *selectSchedule(const KernelRequest &request) {
  for (const Schedule &schedule : schedulesOf(request.machine.family))
    if (schedule.matches(request))
      return &schedule;
  return nullptr;
}

const Schedule *findSchedule(const std::string &name) {
  for (const Schedule &schedule : schedulesOf(name.substr(0, name.find('.'))))
    if (name == schedule.name)
      return &schedule;
  return nullptr;
}

} // namespace mobileone::schedules
