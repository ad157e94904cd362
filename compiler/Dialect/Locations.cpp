//===- Locations.cpp - Where an operation comes from ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Dialect/Locations.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mobileone;

Location mobileone::layerLocation(MLIRContext &context, StringRef jsonPath,
                                  StringRef layer) {
  auto name = [&](StringRef text) { return StringAttr::get(&context, text); };
  if (layer.empty())
    return NameLoc::get(name(jsonPath));
  return NameLoc::get(name(jsonPath), NameLoc::get(name(layer)));
}

/// The first location in `location` that has a name.
static NameLoc firstName(Location location) {
  if (auto name = dyn_cast<NameLoc>(location))
    return name;
  if (auto fused = dyn_cast<FusedLoc>(location))
    for (Location part : fused.getLocations())
      if (NameLoc name = firstName(part))
        return name;
  return nullptr;
}

std::string mobileone::layerOf(Location location) {
  NameLoc path = firstName(location);
  if (!path)
    return "";
  auto layer = dyn_cast<NameLoc>(path.getChildLoc());
  return layer ? layer.getName().str() : "";
}

std::string mobileone::jsonPathOf(Location location) {
  NameLoc path = firstName(location);
  return path ? path.getName().str() : "";
}
