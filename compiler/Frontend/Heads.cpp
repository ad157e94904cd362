//===- Heads.cpp - The list of heads --------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Frontend/Heads.h"

using namespace mlir;
using namespace mobileone;

HeadBuilder mobileone::headBuilder(HeadKind kind) {
  switch (kind) {
  case HeadKind::Classifier:
    return buildClassifierHead;
  case HeadKind::Features:
    return buildFeaturesHead;
  }
  llvm_unreachable("every kind is listed");
}

Layout mobileone::toLayout(TensorLayout layout) {
  return layout == TensorLayout::NCHW ? Layout::NCHW : Layout::NHWC;
}

RankedTensorType mobileone::imageType(ArrayRef<int64_t> shape, Layout layout,
                                      Type elementType) {
  if (layout == Layout::NHWC)
    return RankedTensorType::get(shape, elementType);
  return RankedTensorType::get({shape[0], shape[3], shape[1], shape[2]},
                               elementType);
}
