//===- Peak.h - What a core can do ------------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_BENCHMARKS_KERNELS_PEAK_H
#define MOBILEONE_BENCHMARKS_KERNELS_PEAK_H

/// Multiply-adds a second of independent fused multiply-adds on registers, one
/// core, best of a few short loops, with vectors of `vectorBytes` (32 or 64).
double measurePeak(int vectorBytes);

#endif // MOBILEONE_BENCHMARKS_KERNELS_PEAK_H
