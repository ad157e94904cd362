//===- Schedules.h - Schedules for machines with vectors --------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_VECTOR_SCHEDULES_H
#define MOBILEONE_SCHEDULES_VECTOR_SCHEDULES_H

#include "schedules/Schedule.h"

namespace mobileone::schedules {

/// [Scale ->] depthwise -> pointwise [-> RowSums, WriteOutput].
extern const Schedule vectorDepthwisePointwise;
/// [Scale ->] pointwise [-> RowSums, WriteOutput].
extern const Schedule vectorPointwise;
/// [Scale ->] depthwise [-> RowSums, WriteOutput].
extern const Schedule vectorDepthwise;
/// ReadInput -> dense convolution.
extern const Schedule vectorStem;
/// [Scale ->] GlobalAveragePool -> Linear.
extern const Schedule vectorPoolLinear;
/// Excite.
extern const Schedule vectorExcite;
/// [Scale ->] WriteOutput.
extern const Schedule vectorWriteOutput;

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_VECTOR_SCHEDULES_H
