//===- Schedules.h - Schedules for NVIDIA GPUs ------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_CUDA_SCHEDULES_H
#define MOBILEONE_SCHEDULES_CUDA_SCHEDULES_H

#include "schedules/Schedule.h"

namespace mobileone::schedules {

/// [Scale ->] depthwise -> pointwise [-> RowSums, WriteOutput].
extern const Schedule cudaDepthwisePointwise;
/// [Scale ->] pointwise [-> RowSums, WriteOutput].
extern const Schedule cudaPointwise;
/// [Scale ->] depthwise [-> RowSums, WriteOutput].
extern const Schedule cudaDepthwise;
/// ReadInput -> dense convolution.
extern const Schedule cudaStem;
/// [Scale ->] GlobalAveragePool -> Linear.
extern const Schedule cudaPoolLinear;
/// Excite.
extern const Schedule cudaExcite;
/// [Scale ->] WriteOutput.
extern const Schedule cudaWriteOutput;
/// Everything, a launch for each operation.
extern const Schedule cudaAny;

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_CUDA_SCHEDULES_H
