//===- Schedule.cpp - The lists of schedules ------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/Schedule.h"
#include "schedules/cuda/Schedules.h"
#include "schedules/generic/Schedules.h"
#include "schedules/vector/Schedules.h"

#include <algorithm>

namespace mobileone::schedules {

/// `schedules` with the family in their names.
static std::vector<Schedule> named(const std::string &family,
                                   std::vector<Schedule> schedules) {
  for (Schedule &each : schedules)
    each.name = family + "." + each.name;
  return schedules;
}

static std::vector<Schedule> vectorFamily(const std::string &family) {
  std::vector<Schedule> schedules = named(
      family, {vectorDepthwisePointwise, vectorPointwise, vectorDepthwise,
               vectorStem, vectorPoolLinear, vectorExcite, vectorWriteOutput});
  schedules.push_back(genericSchedule);
  return schedules;
}

const std::vector<Schedule> &schedulesOf(const std::string &family) {
  static const std::vector<Schedule> generic = {genericSchedule};
  static const std::vector<Schedule> x86 = vectorFamily("x86");
  static const std::vector<Schedule> arm64 = vectorFamily("arm64");
  static const std::vector<Schedule> cuda = named(
      "cuda", {cudaDepthwisePointwise, cudaPointwise, cudaDepthwise, cudaStem,
               cudaPoolLinear, cudaExcite, cudaWriteOutput, cudaAny});
  static const std::vector<Schedule> cudaGeneric = named("cuda", {cudaAny});
  if (family == "cuda")
    return cuda;
  if (family == "cuda-generic")
    return cudaGeneric;
  return family == "x86" ? x86 : family == "arm64" ? arm64 : generic;
}

std::vector<Parameter> parametersOf(const Schedule &schedule,
                                    const KernelRequest &request) {
  return schedule.parameters ? schedule.parameters(request)
                             : std::vector<Parameter>();
}

static std::string join(const std::vector<int> &values) {
  std::string text;
  for (int value : values)
    text += (text.empty() ? "" : ", ") + std::to_string(value);
  return text;
}

std::string problemWithParameters(const Schedule &schedule,
                                  const KernelRequest &request) {
  std::vector<Parameter> parameters = parametersOf(schedule, request);
  for (const auto &[name, value] : request.parameters) {
    auto found = std::find_if(
        parameters.begin(), parameters.end(),
        [&, &name = name](const Parameter &each) { return each.name == name; });
    if (found == parameters.end())
      return std::string(schedule.name) + " has no parameter '" + name +
             "' here";
    if (!std::count(found->values.begin(), found->values.end(), value))
      return "'" + name + "' is " + std::to_string(value) +
             ", which is none of " + join(found->values);
  }
  if (schedule.fits && !schedule.fits(request))
    return "its register tile needs more than the " +
           std::to_string(request.machine.vectorRegisters) +
           " registers of the machine";
  return "";
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
