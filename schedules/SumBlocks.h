//===- SumBlocks.h - Long sums of halves ------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every addition of halves rounds, and by how much grows with the sum. So
// kernels make long sums in blocks: products are added up block by block, then
// the blocks' sums are (N. J. Higham, The Accuracy of Floating Point Summation,
// 1993). Of n terms in blocks of b, the error grows with the root of b + n / b
// instead of that of n.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SCHEDULES_SUMBLOCKS_H
#define MOBILEONE_SCHEDULES_SUMBLOCKS_H

namespace mobileone::schedules {

/// The inputs of each block in which pointwise convolutions and linear layers
/// of `inputs` inputs, padded to a multiple of 16, add up halves; all of them
/// where the sum is not long or has no equal blocks of a good length.
int sumBlock(int inputs);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_SUMBLOCKS_H
