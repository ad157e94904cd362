//===- SharedWeights.h - Weights in huge pages ------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_SHAREDWEIGHTS_H
#define MOBILEONE_RUNTIME_SHAREDWEIGHTS_H

#include <stddef.h>
#include <stdint.h>

namespace mobileone::runtime {

/// A copy of `weights` in huge pages, the same one for every session that asks
/// while it is in use: a library's weights lie in its file's pages, and a
/// network that reads each of them once per run waits for their translation.
/// The originals are marked as the first that the system may take back.
///
/// Returns NULL where a copy has no use (little to copy, no huge pages on this
/// system) or finds no memory. Takes a lock.
const uint8_t *acquireSharedWeights(const uint8_t *weights, size_t bytes);

/// Gives back what `acquireSharedWeights` returned; the last one frees it.
void releaseSharedWeights(const uint8_t *copy);

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_SHAREDWEIGHTS_H
