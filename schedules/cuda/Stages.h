//===- Stages.h - Parts that schedules for GPUs share -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_CUDA_STAGES_H
#define MOBILEONE_SCHEDULES_CUDA_STAGES_H

#include "schedules/KernelBuilder.h"
#include "schedules/Packing.h"
#include "schedules/cuda/BlockTile.h"

namespace mobileone::schedules {

/// The loops of a launch that stages are computed in.
struct Launch {
  Halide::Func result; ///< What the launch computes.
  Halide::Var block;   ///< The innermost of the loops over blocks.
  Halide::Var thread;  ///< Over threads.
};

/// Cuts `result` into blocks of threads, a tile of its map each; a launch of
/// its own.
Launch scheduleBlocks(Halide::Func result, const BlockTile &tile,
                      const Shape &map);

/// The same for a layer's vector, `outputs` of it a block. There may be fewer
/// elements than whole blocks have.
Launch scheduleVector(Halide::Func result, int outputs);

/// Keeps what `strip` defines for a block of `launch` in its shared memory,
/// computed by `threads` threads, `lanes` channels at a time.
void stageStrip(const Definition &strip, const Launch &launch, int threads,
                int lanes);

/// Schedules the sums of a product in the registers of `launch`'s threads.
/// `strip` is what they multiply, its channels together.
void scheduleSums(const Definition &product, Halide::Func strip,
                  const BlockTile &tile, const Launch &launch);

/// The same with all of the reduction unrolled, for reductions with few steps.
void scheduleWholeSums(const Definition &product, const Launch &launch);

/// Keeps a layer's vector in the shared memory of each block of `launch`,
/// computed by a thread for each four of its `outputs`.
Launch stageVector(Halide::Func result, int outputs, const Launch &launch);

/// Schedules the sums of `layer` for the elements that a thread of `reader`
/// computes, which may be a stage of `launch`, `outputs` in a block: `slices`
/// threads add up a part of the inputs each; their sums are added up in order.
void scheduleSlicedSums(const Definition &layer, const Launch &reader,
                        const Launch &launch, int outputs, int slices);

/// Slices for a layer with `inputs` inputs and `outputs` outputs in a block.
int slicesOf(int inputs, int outputs);

/// Schedules an operation with a thread for each `lanes` channels of an
/// element; a launch of its own.
void scheduleElements(const Definition &definition, const Operand &operand,
                      int lanes);

/// 4 where the channels of `operand` are dense and whole vectors, or 1.
int lanesOf(const Operand &operand);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_CUDA_STAGES_H
