//===- Locations.h - Where an operation comes from --------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An operation's location names the place in the model's JSON and the layer of
// the checkpoint: loc("stages[0].blocks[1].depthwise"("stage1.2")). Operations
// that passes make from several carry all of their sources, the one that names
// them first.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_DIALECT_LOCATIONS_H
#define MOBILEONE_DIALECT_LOCATIONS_H

#include "mlir/IR/Location.h"
#include "mlir/IR/MLIRContext.h"

#include <string>

namespace mobileone {

/// The location of what `jsonPath` describes and checkpoints call `layer`,
/// which may be empty.
mlir::Location layerLocation(mlir::MLIRContext &context,
                             llvm::StringRef jsonPath, llvm::StringRef layer);

/// The layer's name in checkpoints ("stage1.2"), or empty. Of a fused location
/// the first name counts.
std::string layerOf(mlir::Location location);

/// The JSON path ("stages[0].blocks[1].depthwise"), or empty.
std::string jsonPathOf(mlir::Location location);

} // namespace mobileone

#endif // MOBILEONE_DIALECT_LOCATIONS_H
