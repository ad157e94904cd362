//===- Schedules.h - The generic schedule -----------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_GENERIC_SCHEDULES_H
#define MOBILEONE_SCHEDULES_GENERIC_SCHEDULES_H

#include "schedules/Schedule.h"

namespace mobileone::schedules {

/// Serves every request on every machine: each operation fills a buffer.
extern const Schedule genericSchedule;

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_GENERIC_SCHEDULES_H
