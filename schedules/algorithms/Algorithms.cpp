//===- Algorithms.cpp - What several operations share ---------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "schedules/algorithms/Algorithms.h"

using namespace Halide;

namespace mobileone::schedules {

const char *const channelName = "c", *const columnName = "x",
                  *const rowName = "y", *const imageName = "n";

Expr Tensor::at(Expr c, Expr x, Expr y) const {
  std::vector<Expr> place = {c, x, y};
  if (func.dimensions() == 4)
    place.push_back(Var(imageName));
  return func(place);
}

Dimensions::Dimensions(const Tensor &source) {
  if (source.func.dimensions() == 4)
    all.push_back(Var(imageName));
}

Type typeOf(ElementType type) {
  switch (type) {
  case ElementType::U8:
    return UInt(8);
  case ElementType::F16:
    return Float(16);
  case ElementType::F32:
    break;
  }
  return Float(32);
}

Expr Weight::filter(Expr output, Expr tap, Expr input) const {
  if (packing.kind == PackingKind::DepthwiseTaps)
    return func(output, tap, 0);
  Expr element = packing.taps == 1 ? input : tap * packing.paddedInputs + input;
  return func(output % packing.panel, element, output / packing.panel);
}

Expr Weight::vector(Expr output) const { return func(output, 0, 0); }

Expr activate(Expr value, Activation activation) {
  return activation == Activation::ReLU ? max(value, cast(value.type(), 0))
                                        : value;
}

Expr finish(const Op &op, Expr value) {
  return cast(typeOf(op.type), activate(value, op.activation));
}

Expr readPadded(const Tensor &tensor, int padding, Expr c, Expr x, Expr y) {
  if (padding <= tensor.border)
    return tensor.at(c, x, y);
  int width = tensor.shape.width, height = tensor.shape.height;
  Expr inside = x >= 0 && x < width && y >= 0 && y < height;
  Expr value = tensor.at(c, clamp(x, 0, width - 1), clamp(y, 0, height - 1));
  return select(inside, value, cast(value.type(), 0));
}

} // namespace mobileone::schedules
