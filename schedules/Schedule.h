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

struct Schedule {
  const char *name; ///< "<family>.<body>", e.g. "x86.depthwise_pointwise".
  bool (*matches)(const KernelRequest &request);
  KernelLayout (*layout)(const KernelRequest &request);
  void (*build)(const KernelRequest &request, const KernelLayout &layout,
                HalideKernel &kernel);
};

/// The schedules of a family, in order of preference. `generic` serves every
/// request and comes last in every family.
const std::vector<Schedule> &schedulesOf(const std::string &family);

/// The first schedule of the request's family that matches. Never null for a
/// well-formed request.
const Schedule *selectSchedule(const KernelRequest &request);

/// The schedule called `name`, or null.
const Schedule *findSchedule(const std::string &name);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_SCHEDULE_H
