//===- Block.h - Bodies around depthwise and pointwise ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_VECTOR_BLOCK_H
#define MOBILEONE_SCHEDULES_VECTOR_BLOCK_H

#include "schedules/vector/Stages.h"

namespace mobileone::schedules {

/// [Scale ->] [depthwise ->] [pointwise ->] main value, which is an output,
/// then any number of RowSums and WriteOutput that read it. Operation numbers,
/// -1 where there is none.
struct Block {
  bool isValid = false;
  int scale = -1, depthwise = -1, pointwise = -1;
  int main = -1;  ///< The operation that makes the main value.
  int tails = 0;  ///< The first of the operations that read it.
  int stored = 0; ///< Channels of the main value in memory.
};

Block parseBlock(const KernelRequest &request);

/// `body` is the name of the schedule without its family.
KernelLayout layoutBlock(const KernelRequest &request, const std::string &body);

void buildBlock(const KernelRequest &request, const KernelLayout &layout,
                HalideKernel &kernel);

/// What tuning may choose of a valid block, and whether the choices go
/// together.
std::vector<Parameter> blockParameters(const KernelRequest &request);
bool blockFits(const KernelRequest &request);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_VECTOR_BLOCK_H
