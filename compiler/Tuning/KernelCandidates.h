//===- KernelCandidates.h - Parameters worth measuring ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TUNING_KERNELCANDIDATES_H
#define MOBILEONE_TUNING_KERNELCANDIDATES_H

#include "compiler/Tuning/KernelSearch.h"

namespace mobileone {

/// At most `most` legal sets of parameters, for measuring where no search can
/// ask what came out: first each parameter's values nearest to the schedule's
/// own choice, one parameter changed at a time and the nearest of each before
/// the next nearest, then two parameters changed by chance, a quarter of all.
/// The schedule's own choice is not among them. The same for the same request.
std::vector<Assignment>
kernelCandidates(const schedules::KernelRequest &request,
                 const schedules::Schedule &schedule, size_t most);

} // namespace mobileone

#endif // MOBILEONE_TUNING_KERNELCANDIDATES_H
