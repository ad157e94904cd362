//===- Schedule.h - The interface of a schedule -----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A schedule serves the kernel bodies that it `matches`. `layout` decides
// everything that the rest of the compiler must know and is cheap; `build`
// makes the Halide pipeline and is called once per distinct kernel. A schedule
// is one file plus one line in its folder's list.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SCHEDULES_SCHEDULE_H
#define MOBILEONE_SCHEDULES_SCHEDULE_H

#include "schedules/KernelRequest.h"

#include <memory>

namespace mobileone::schedules {

/// A scheduled Halide pipeline with its arguments; defined in HalideKernel.h so
/// that only code generation sees Halide.
struct HalideKernel;

/// A choice of a schedule that tuning may make instead of it.
struct Parameter {
  std::string name;
  std::vector<int> values; ///< Those that are legal, ascending.
  int standard = 0;        ///< The schedule's own choice, one of them.
};

struct Schedule {
  /// "<family>.<body>", e.g. "x86.depthwise_pointwise".
  std::string name;
  bool (*matches)(const KernelRequest &request);
  KernelLayout (*layout)(const KernelRequest &request);
  void (*build)(const KernelRequest &request, const KernelLayout &layout,
                HalideKernel &kernel);
  /// The parameters of a request, those that matter most first. They decide
  /// about tiles and code, never about how weights are packed: the levels of a
  /// library share one copy. Null: there are none.
  std::vector<Parameter> (*parameters)(const KernelRequest &request) = nullptr;
  /// Whether the values in `request.parameters`, legal each, go together: a
  /// register tile fits the registers. Null: they always do.
  bool (*fits)(const KernelRequest &request) = nullptr;
};

/// Counts the meanings that parameters have had. Raise it with every change
/// that makes values which were found by tuning mean something else.
constexpr int parametersVersion = 1;

/// `schedule.parameters`, or none.
std::vector<Parameter> parametersOf(const Schedule &schedule,
                                    const KernelRequest &request);

/// What is wrong with the values in `request.parameters`, or "": one that is
/// not the schedule's or not legal, or several that do not go together.
std::string problemWithParameters(const Schedule &schedule,
                                  const KernelRequest &request);

/// The schedules of a family, in order of preference. The last one serves every
/// request: `generic` on CPUs, `cuda.any` on GPUs,
/// which the family "cuda-generic" has alone.
const std::vector<Schedule> &schedulesOf(const std::string &family);

/// The first schedule of the request's family that matches. Never null for a
/// well-formed request.
const Schedule *selectSchedule(const KernelRequest &request);

/// The schedule called `name`, or null.
const Schedule *findSchedule(const std::string &name);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_SCHEDULE_H
