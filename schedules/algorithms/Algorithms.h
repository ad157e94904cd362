//===- Algorithms.h - What the operations compute ------------- -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// One file per operation; no scheduling call here. A function takes what the
// operation reads and returns its definition, so that a schedule can decide
// where its result and the reduction under it are computed.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SCHEDULES_ALGORITHMS_ALGORITHMS_H
#define MOBILEONE_SCHEDULES_ALGORITHMS_ALGORITHMS_H

#include "schedules/KernelRequest.h"

#include "Halide.h"

namespace mobileone::schedules {

/// The dimensions' names: what schedules split and reorder.
extern const char *const channelName, *const columnName, *const rowName,
                                                             *const imageName;

Halide::Type typeOf(ElementType type);

/// A value as operations read it: function of (c, x, y), of any type, or of
/// (c, x, y, n) with n images.
struct Tensor {
  Halide::Func func;
  Shape shape;
  /// Zeros that may be read around (x, y).
  int border = 0;

  /// The element (c, x, y) of the image that is computed.
  Halide::Expr at(Halide::Expr c, Halide::Expr x, Halide::Expr y) const;
};

/// The dimensions of what is computed from a tensor.
struct Dimensions {
  Halide::Var c{channelName}, x{columnName}, y{rowName};
  /// c, x, y, and n where there are images.
  std::vector<Halide::Var> all = {c, x, y};

  Dimensions() = default;
  explicit Dimensions(const Tensor &source);
};

/// A packed weight operand as operations read it.
struct Weight {
  /// Of f32, or of what its operation adds up in where that is narrower.
  Halide::Func func;
  WeightPacking packing;
  std::string buffer; ///< The name of the buffer that `func` reads.

  /// The weight from input `input` at tap `tap` to output `output`.
  Halide::Expr filter(Halide::Expr output, Halide::Expr tap,
                      Halide::Expr input) const;
  /// Element `output` of a vector.
  Halide::Expr vector(Halide::Expr output) const;
};

/// An operation's functions of the dimensions of what it reads.
struct Definition {
  Halide::Func result;
  /// The reduction that `result` reads, or undefined. Its update runs over
  /// `reduction`: [0] is the input channel, [1] the tap, as far as there are
  /// any; a depthwise convolution has [0] = tap.
  Halide::Func sum;
  Halide::RDom reduction;
};

/// max(value, 0) or value.
Halide::Expr activate(Halide::Expr value, Activation activation);

/// `value` after `op`'s activation, rounded to its type.
Halide::Expr finish(const Op &op, Halide::Expr value);

/// The value of the half whose bits the UInt(16) `half` holds.
Halide::Expr halfToFloat(Halide::Expr half);

/// The bits of the half that is next to `value`.
Halide::Expr floatToHalf(Halide::Expr value);

/// `tensor` with zeros outside, of its type.
Halide::Expr readPadded(const Tensor &tensor, int padding, Halide::Expr c,
                        Halide::Expr x, Halide::Expr y);

/// Dense with a filter packed as Panels, depthwise with DepthwiseTaps.
Definition conv(const Op &op, const Tensor &input, const Weight &filter,
                const Weight &bias);

Definition readInput(const Op &op, const Tensor &input);

/// The input as a dense convolution `conv` reads it row by row, zeros around:
/// (column + padding, channel + channels * ky, row of the convolution).
Definition inputRows(const Op &op, const Tensor &input, const Op &conv);

/// The dense convolution `op` of an image of `channels` channels that lies in
/// memory as `inputRows` defines it. Its reduction has [1] = kx, [2] = ky.
Definition convOfRows(const Op &op, Halide::Func rows, int channels,
                      const Weight &filter, const Weight &bias);

Definition scale(const Op &op, const Tensor &input, const Tensor &gate);

Definition rowSums(const Op &op, const Tensor &input);

Definition globalAveragePool(const Op &op, const Tensor &input);

Definition linear(const Op &op, const Tensor &input, const Weight &filter,
                  const Weight &bias);

Definition writeOutput(const Op &op, const Tensor &input);

/// Squeeze-excite's two layers, (c, 1, 1) each.
struct ExciteDefinition {
  Definition mean, hidden, gate;
};
ExciteDefinition excite(const Op &op, const Tensor &rowSums,
                        const Weight &reduceFilter, const Weight &reduceBias,
                        const Weight &expandFilter, const Weight &expandBias);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_ALGORITHMS_ALGORITHMS_H
