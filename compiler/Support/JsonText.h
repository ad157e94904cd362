//===- JsonText.h - JSON read with care -------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SUPPORT_JSONTEXT_H
#define MOBILEONE_SUPPORT_JSONTEXT_H

#include "compiler/Support/Diagnostics.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace mobileone {

/// What a document may be at most.
struct JsonLimits {
  size_t depth = 8;        ///< 1: scalars in one object or array.
  size_t values = 1 << 20; ///< Objects, arrays and scalars together.
};

/// Reads JSON as RFC 8259 has it: UTF-8, no comments. A syntax error is
/// reported with line and column, a key that stands twice in its object and
/// what passes `limits` with their paths; each as BadInput. `fileName` is for
/// messages.
std::optional<nlohmann::json> parseJson(std::string_view text,
                                        const std::string &fileName,
                                        const JsonLimits &limits,
                                        DiagnosticList &diagnostics);

/// "object", "array", "string", "number", "boolean" or "null".
std::string jsonTypeName(const nlohmann::json &value);

} // namespace mobileone

#endif // MOBILEONE_SUPPORT_JSONTEXT_H
