//===- Operands.h - How values of the IR lie in memory ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Activations are NHWC, f32 or f16: channel stride 1, x stride = stored
// channels, y stride = stored channels * (width + 2 * border). Stored channels
// are rounded up to the machine's channel alignment, except in memory of the
// caller. Where a kernel computes all images of a batch, they lie one after
// another.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PLANNING_OPERANDS_H
#define MOBILEONE_PLANNING_OPERANDS_H

#include "compiler/Dialect/MobileOneDialect.h"
#include "schedules/KernelRequest.h"

namespace mobileone {

/// The element type `type`: f32, f16, or 8 bits.
schedules::ElementType elementTypeOf(mlir::Type type);

/// (channel, x, y) of a tensor that the compiler lays out: activations, sums
/// per row, a vector.
schedules::Shape extentsOf(mlir::Value value);

/// Pixels of zeros that the readers of `value` want around it: the largest
/// padding of a convolution that reads it, directly or through a scale, within
/// its kernels. 0 for what the caller owns, and on machines without borders.
int borderOf(mlir::Value value, const schedules::Machine &machine);

/// Images of `value` that a kernel computes.
int imagesOf(mlir::Value value, const schedules::Machine &machine);

/// Whether `value` is a result of the model: the caller owns its memory.
bool isModelOutput(mlir::Value value);

/// The layout of an image that the caller owns: an argument or a result of the
/// model. NHWC for vectors.
Layout callersLayoutOf(mlir::Value value);

/// How `value`, an operand or result of kernels, lies in memory.
schedules::Operand operandOf(mlir::Value value,
                             const schedules::Machine &machine);

/// Bytes that `operand` takes, borders included, for each of `images`.
int64_t bytesOf(const schedules::Operand &operand, int images = 1);

/// Bytes from the start of that memory to the element (0, 0, 0).
int64_t originOf(const schedules::Operand &operand);

} // namespace mobileone

#endif // MOBILEONE_PLANNING_OPERANDS_H
