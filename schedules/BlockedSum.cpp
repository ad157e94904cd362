//===- BlockedSum.cpp - Sums of blocks of products ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/BlockedSum.h"
#include "schedules/SumBlocks.h"

using namespace Halide;

namespace mobileone::schedules {

BlockedSum sumInBlocks(const Definition &definition) {
  BlockedSum result;
  Func sum = result.products = definition.sum;
  const RDom &inputs = definition.reduction;
  for (int d = 0; d < inputs.dimensions(); ++d)
    result.reduction.push_back(inputs[d]);
  if (sum.type() != Float(16) || inputs.dimensions() != 1)
    return result;
  int count = int(*Internal::as_const_int(inputs[0].extent()));
  int block = sumBlock(count);
  if (block == count)
    return result;
  RVar input("input");
  Var each("block");
  result.isBlocked = true;
  result.block = RVar("blocks");
  result.products = sum.update()
                        .split(inputs[0], result.block, input, block)
                        .rfactor(result.block, each);
  result.reduction = {input};
  return result;
}

} // namespace mobileone::schedules
