//===- TestSchedule.h - A schedule with two parameters ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_TUNING_TESTSCHEDULE_H
#define MOBILEONE_TEST_TUNING_TESTSCHEDULE_H

#include "schedules/Schedule.h"

namespace mobileone {

inline std::vector<schedules::Parameter>
testParameters(const schedules::KernelRequest &) {
  return {{"vectors", {1, 2, 4}, 2}, {"pixels", {2, 4, 7, 14, 28}, 4}};
}

inline bool testFits(const schedules::KernelRequest &request) {
  return request.parameters.at("vectors") * request.parameters.at("pixels") <=
         28;
}

/// At most 28 accumulators fit.
const schedules::Schedule kSchedule = {"test",  nullptr,        nullptr,
                                       nullptr, testParameters, testFits};

} // namespace mobileone

#endif // MOBILEONE_TEST_TUNING_TESTSCHEDULE_H
