//===- ParallelFor.h - Tiles on the caller's threads ------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_PARALLELFOR_H
#define MOBILEONE_RUNTIME_PARALLELFOR_H

#include "mobileone/runtime.h"

namespace mobileone::runtime {

/// Runs all tiles of step `index` through the session's parallel_for.
mobileone_status runParallelFor(mobileone_session &session, uint32_t index);

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_PARALLELFOR_H
