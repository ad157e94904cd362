//===- SpecText.h - Specs for tests -----------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_SPEC_SPECTEXT_H
#define MOBILEONE_TEST_SPEC_SPECTEXT_H

#include "compiler/Spec/ModelSpec.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mobileone {

/// A small valid spec, changed by `patch` (RFC 7396: null removes a key).
inline std::string specText(const char *patch = "{}") {
  nlohmann::json spec = nlohmann::json::parse(R"({
    "spec_version": 1, "name": "m",
    "stem": {"channels": 8},
    "stages": [{"channels": 8, "blocks": 1}, {"channels": 16, "blocks": 2}],
    "heads": [{"kind": "classifier", "classes": 10}]})");
  spec.merge_patch(nlohmann::json::parse(patch));
  return spec.dump();
}

/// The spec with `patch`, which must be valid.
inline ModelSpec specWith(const char *patch = "{}") {
  DiagnosticList diagnostics;
  auto spec = parseModelSpec(specText(patch), "m.json", diagnostics);
  EXPECT_EQ(diagnostics.str(), "") << patch;
  return spec.value_or(ModelSpec());
}

/// The errors of `text`, each as "PATH: MESSAGE" or "PATH: MESSAGE; HINT",
/// without the file's name.
inline std::vector<std::string> errorsOfText(const std::string &text) {
  DiagnosticList diagnostics;
  auto spec = parseModelSpec(text, "m.json", diagnostics);
  EXPECT_NE(spec.has_value(), diagnostics.hasErrors());
  std::vector<std::string> errors;
  for (const Diagnostic &diagnostic : diagnostics.all()) {
    EXPECT_EQ(diagnostic.kind, ErrorKind::BadInput);
    EXPECT_EQ(diagnostic.where.find("m.json"), 0u);
    std::string where = diagnostic.where.substr(6);
    std::string error =
        (where.empty() ? "" : where.substr(2) + ": ") + diagnostic.message;
    if (!diagnostic.hint.empty())
      error += "; " + diagnostic.hint;
    errors.push_back(error);
  }
  return errors;
}

inline std::vector<std::string> errorsWith(const char *patch) {
  return errorsOfText(specText(patch));
}

} // namespace mobileone

#endif // MOBILEONE_TEST_SPEC_SPECTEXT_H
