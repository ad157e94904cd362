//===- Block.h - Bodies around depthwise and pointwise on GPUs --*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_CUDA_BLOCK_H
#define MOBILEONE_SCHEDULES_CUDA_BLOCK_H

#include "schedules/cuda/Stages.h"
#include "schedules/vector/Block.h"

namespace mobileone::schedules {

/// Whether a block of threads has room for what `block`'s product multiplies.
bool fitsThreadBlock(const KernelRequest &request, const Block &block);

/// `schedule` is the name without the family. Weights are packed as on x86.
KernelLayout layoutProduct(const KernelRequest &request,
                           const std::string &schedule);

/// A block with a pointwise product.
void buildProduct(const KernelRequest &request, const KernelLayout &layout,
                  HalideKernel &kernel);

/// Defines and schedules what follows the main value, and finishes.
void finishBlock(const KernelRequest &request, const Block &block,
                 KernelBuilder &builder, HalideKernel &kernel);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_CUDA_BLOCK_H
