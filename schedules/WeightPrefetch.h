//===- WeightPrefetch.h - Fetching weights ahead ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_WEIGHTPREFETCH_H
#define MOBILEONE_SCHEDULES_WEIGHTPREFETCH_H

#include "schedules/HalideKernel.h"
#include "schedules/algorithms/Algorithms.h"

namespace mobileone::schedules {

/// Makes the reduction of `product`, an output of the kernel whose loop over
/// panels is called "panel", fetch weights at the rate at which it uses them,
/// from `bytesAhead` behind the ones in use, but not more than the filter's
/// size. What it fetches last lies behind the filter: the next kernel's
/// weights, as a program's weights lie in the order of its steps. Behind a
/// program's last weights the addresses are nobody's, which a prefetch may ask
/// for.
void prefetchWeights(HalideKernel &kernel, const Definition &product,
                     const Weight &filter, const KernelLayout &layout,
                     int bytesAhead);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_WEIGHTPREFETCH_H
