//===- PropertyList.h - Apple's plists as XML -------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_PACKAGE_PROPERTYLIST_H
#define MOBILEONE_CODEGEN_PACKAGE_PROPERTYLIST_H

#include <nlohmann/json.hpp>
#include <string>

namespace mobileone {

/// `root`, of objects, arrays, strings and booleans, as an XML property list
/// (the DTD PropertyList-1.0); keys are sorted, as Apple's tools write them.
std::string printPropertyList(const nlohmann::json &root);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_PACKAGE_PROPERTYLIST_H
