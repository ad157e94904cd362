//===- SumBlock.h - How long sums are made ----------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_DIALECT_SUMBLOCK_H
#define MOBILEONE_DIALECT_SUMBLOCK_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/Operation.h"

namespace mobileone {

/// A pointwise convolution or linear layer whose `accumulator` is f16 says by
/// this attribute that kernels add up its products in blocks of so many inputs,
/// then the blocks' sums.
constexpr llvm::StringLiteral sumBlockAttrName = "mobileone.sum_block";

/// The inputs of a block, or 0 where products are added up one by one.
inline int64_t sumBlockOf(mlir::Operation *op) {
  auto block = op->getAttrOfType<mlir::IntegerAttr>(sumBlockAttrName);
  return block ? block.getInt() : 0;
}

inline void setSumBlock(mlir::Operation *op, int64_t block) {
  op->setAttr(sumBlockAttrName,
              mlir::Builder(op->getContext()).getI64IntegerAttr(block));
}

} // namespace mobileone

#endif // MOBILEONE_DIALECT_SUMBLOCK_H
