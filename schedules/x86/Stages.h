//===- Stages.h - Parts that x86 schedules share ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_X86_STAGES_H
#define MOBILEONE_SCHEDULES_X86_STAGES_H

#include "schedules/KernelBuilder.h"
#include "schedules/Packing.h"

namespace mobileone::schedules {

/// Floats in a vector register.
int lanesOf(const Machine &machine);

/// What a matrix product computes between loads and stores of its
/// accumulators: `vectors` vectors of output channels for `pixels` pixels.
struct RegisterTile {
  int lanes;   ///< Floats in a vector.
  int panel;   ///< Outputs whose weights lie together; whole tiles.
  int vectors; ///< Per tile.
  int pixels;  ///< Per tile; the last two of a section may have fewer.
  int section; ///< Pixels of a row whose tiles follow each other unrolled.
  int unroll;  ///< Of the reduction.
};

/// The tile for `outputs` (padded) output channels on rows of `width` pixels.
RegisterTile chooseRegisterTile(const KernelRequest &request, int outputs,
                                int width);

/// Largest extent <= `limit` that cuts `width` into parts of about one size.
int evenPart(int width, int limit);

/// The parameters of `chooseRegisterTile`.
std::vector<Parameter> registerTileParameters(const KernelRequest &request,
                                              int outputs, int width);

/// Whether the accumulators of `tile` fit the registers beside its vectors of
/// weights and one broadcast, or its broadcasts and one vector of weights.
bool fitsRegisters(const Machine &machine, const RegisterTile &tile);

/// Schedules a convolution that runs over all its input channels, output by
/// output panel, tile by tile.
void scheduleProduct(const Definition &product, const Weight &filter,
                     const RegisterTile &tile, int width);

/// Pixels that `scheduleDepthwise` computes at a time at most.
int depthwisePixels(const Machine &machine);

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
                        bool followsTile);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_X86_STAGES_H
