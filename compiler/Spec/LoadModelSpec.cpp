//===- LoadModelSpec.cpp - A spec by file name or built-in name -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/ModelSpec.h"
#include "compiler/Spec/SpecLimits.h"
#include "compiler/Spec/SpecParts.h"
#include "compiler/Support/MappedFile.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace mobileone;

/// For a file that cannot be opened: perhaps a built-in was meant.
static std::string builtinHint(const std::string &path) {
  std::vector<std::string> names = builtinSpecNames();
  std::string similar = closestMatch(path, names);
  if (!similar.empty())
    return fmt::format("did you mean the built-in {}?", similar);
  if (path.find_first_of("./") == std::string::npos)
    return fmt::format("built-in networks: {}", fmt::join(names, ", "));
  return "";
}

/// A built-in, whose maps may be too large for a batch.
static std::optional<ModelSpec> withBatch(ModelSpec spec,
                                          const std::string &name,
                                          std::optional<int64_t> batch,
                                          DiagnosticList &diagnostics) {
  if (!batch)
    return spec;
  size_t errorsBefore = diagnostics.all().size();
  spec.input.batch = *batch;
  validateModelSpec(spec, {"head"}, name, diagnostics);
  if (diagnostics.all().size() != errorsBefore)
    return std::nullopt;
  return spec;
}

std::optional<ModelSpec>
mobileone::loadModelSpec(const std::string &pathOrBuiltin,
                         DiagnosticList &diagnostics,
                         std::optional<int64_t> batch) {
  if (std::optional<ModelSpec> spec = builtinSpec(pathOrBuiltin))
    return withBatch(std::move(*spec), pathOrBuiltin, batch, diagnostics);
  DiagnosticList opening;
  auto file = MappedFile::open(pathOrBuiltin, opening);
  for (const Diagnostic &diagnostic : opening.all())
    diagnostics.error(diagnostic.kind, diagnostic.where, diagnostic.message,
                      builtinHint(pathOrBuiltin));
  if (!file)
    return std::nullopt;
  if (file->size() > static_cast<size_t>(limits::fileBytes)) {
    diagnostics.error(ErrorKind::BadInput, escapeForDisplay(pathOrBuiltin),
                      fmt::format("the file has {} bytes; a spec has at most "
                                  "{}",
                                  file->size(), limits::fileBytes),
                      "give the weights with --weights");
    return std::nullopt;
  }
  return parseModelSpec(std::string(file->text()), pathOrBuiltin, diagnostics,
                        batch);
}
