//===- Layer.h - Fully connected layers -------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_VECTOR_LAYER_H
#define MOBILEONE_SCHEDULES_VECTOR_LAYER_H

#include "schedules/KernelBuilder.h"

namespace mobileone::schedules {

/// Schedules a layer that sums over the elements of one vector, `panel` outputs
/// at a time, whose accumulators stay in registers of `lanes` elements. `tail`
/// is for outputs that are no multiple of a panel: RoundUp where their memory
/// is padded to one, GuardWithIf else.
void scheduleLayer(const Definition &layer, int panel, int lanes,
                   Halide::TailStrategy tail);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_VECTOR_LAYER_H
