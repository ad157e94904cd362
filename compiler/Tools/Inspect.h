//===- Inspect.h - What files and folders hold ------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_INSPECT_H
#define MOBILEONE_TOOLS_INSPECT_H

#include "compiler/Support/Diagnostics.h"

#include <optional>
#include <string>

namespace mobileone {

/// Layers, shapes, multiply-adds, parameters and memory of a network.
/// `batch` takes the place of the spec's.
std::optional<std::string> inspectSpec(const std::string &pathOrBuiltin,
                                       std::optional<int64_t> batch, bool json,
                                       DiagnosticList &diagnostics);

/// A spec with every value explicit, as JSON; `batch` as of `inspectSpec`.
std::optional<std::string> printSpec(const std::string &pathOrBuiltin,
                                     std::optional<int64_t> batch,
                                     DiagnosticList &diagnostics);

/// Naming, form and tensors of a checkpoint.
std::optional<std::string> inspectWeights(const std::string &path, bool json,
                                          DiagnosticList &diagnostics);

/// What the manifest in a folder that `compile` wrote says.
std::optional<std::string> inspectArtifact(const std::string &folder, bool json,
                                           DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_INSPECT_H
