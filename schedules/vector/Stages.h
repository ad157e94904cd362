//===- Stages.h - Parts that vector schedules share -------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_VECTOR_STAGES_H
#define MOBILEONE_SCHEDULES_VECTOR_STAGES_H

#include "schedules/KernelBuilder.h"
#include "schedules/Packing.h"
#include "schedules/vector/RegisterTile.h"

namespace mobileone::schedules {

/// Schedules a convolution that runs over all its input channels, output by
/// output panel, tile by tile. `input` is what it reads, if its channels lie
/// together.
void scheduleProduct(const Definition &product, Halide::Func input,
                     const Weight &filter, const RegisterTile &tile, int width);

/// Schedules a depthwise convolution over its buffer.
void scheduleDepthwise(const KernelRequest &request,
                       const Definition &depthwise, const Op &op);

/// Schedules an operation on channels without a reduction, or with one that
/// has one element per output.
void scheduleElementwise(const KernelRequest &request,
                         const Definition &definition, const Operand &operand);

/// Scratch memory of `shape`, channels padded so that neighbouring pixels
/// spread over the sets of a cache.
ScratchBuffer makeStrip(const KernelRequest &request, int value, Shape shape,
                        ElementType type, bool followsTile);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_VECTOR_STAGES_H
