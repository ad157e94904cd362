//===- Heads.h - What turns feature maps into outputs -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_FRONTEND_HEADS_H
#define MOBILEONE_FRONTEND_HEADS_H

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Spec/ModelSpec.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// The backbone, as heads see it.
struct Backbone {
  /// By "stem", "stage1", ...
  std::map<std::string, mlir::Value> stages;
  /// The last stage's activations.
  mlir::Value last;
};

/// An output of the model.
struct NamedOutput {
  std::string name;
  mlir::Value value;
  std::optional<Layout> layout; ///< Of a map.
};

/// Builds `head`, which is described at `jsonPath`.
using HeadBuilder = std::vector<NamedOutput> (*)(mlir::OpBuilder &builder,
                                                 const HeadSpec &head,
                                                 const std::string &jsonPath,
                                                 const Backbone &backbone);

/// The function for `kind`, from the list in Heads.cpp.
HeadBuilder headBuilder(HeadKind kind);

std::vector<NamedOutput> buildClassifierHead(mlir::OpBuilder &builder,
                                             const HeadSpec &head,
                                             const std::string &jsonPath,
                                             const Backbone &backbone);
std::vector<NamedOutput> buildFeaturesHead(mlir::OpBuilder &builder,
                                           const HeadSpec &head,
                                           const std::string &jsonPath,
                                           const Backbone &backbone);

/// The dialect's attribute for a layout of the spec.
Layout toLayout(TensorLayout layout);

/// The type of an image of NHWC `shape` in `layout`.
mlir::RankedTensorType imageType(llvm::ArrayRef<int64_t> shape, Layout layout,
                                 mlir::Type elementType);

} // namespace mobileone

#endif // MOBILEONE_FRONTEND_HEADS_H
