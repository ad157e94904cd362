//===- Schedules.h - The schedules for x86-64 -------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_X86_SCHEDULES_H
#define MOBILEONE_SCHEDULES_X86_SCHEDULES_H

#include "schedules/Schedule.h"

namespace mobileone::schedules {

/// [Scale ->] depthwise -> pointwise [-> RowSums, WriteOutput].
extern const Schedule x86DepthwisePointwise;
/// [Scale ->] pointwise [-> RowSums, WriteOutput].
extern const Schedule x86Pointwise;
/// [Scale ->] depthwise [-> RowSums, WriteOutput].
extern const Schedule x86Depthwise;
/// ReadInput -> dense convolution.
extern const Schedule x86Stem;
/// [Scale ->] GlobalAveragePool -> Linear.
extern const Schedule x86PoolLinear;
/// Excite.
extern const Schedule x86Excite;
/// [Scale ->] WriteOutput.
extern const Schedule x86WriteOutput;

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_X86_SCHEDULES_H
