//===- Diagnostics.h - Errors as the user sees them -----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every part that reads what a user gave it reports into a DiagnosticList, goes
// on where it can, and so reports all errors of a file at once.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SUPPORT_DIAGNOSTICS_H
#define MOBILEONE_SUPPORT_DIAGNOSTICS_H

#include <string>
#include <vector>

namespace mobileone {

/// Kinds of errors; the values are the exit codes of `mobileonec`.
enum class ErrorKind {
  Internal = 1,
  Usage = 2,
  BadInput = 3,           ///< A file or a spec is malformed.
  WeightsMismatch = 4,    ///< Good weights, but not this model's.
  Unsupported = 5,        ///< An operation or target that does not exist.
  VerificationFailed = 6, ///< Results differ.
  ToolMissing = 7,
  Interrupted = 8
};

struct Diagnostic {
  ErrorKind kind;
  /// File, and JSON path or tensor name: "model.json: stages[2].channels".
  std::string where;
  /// What is wrong, with what was expected and found.
  std::string message;
  /// What to do, or empty.
  std::string hint;
};

class DiagnosticList {
public:
  void error(ErrorKind kind, std::string where, std::string message,
             std::string hint = "");
  bool hasErrors() const { return !errors.empty(); }
  const std::vector<Diagnostic> &all() const { return errors; }
  /// The first error's kind, or 0.
  int exitCode() const;
  /// One paragraph per error: "error: WHERE: MESSAGE\n  hint: HINT\n".
  std::string str() const;

private:
  std::vector<Diagnostic> errors;
};

/// `text` with control characters and invalid UTF-8 escaped, and cut to a sane
/// length: how names from files are shown.
std::string escapeForDisplay(const std::string &text);

/// The candidate that `word` is most likely a misspelling of, or empty.
std::string closestMatch(const std::string &word,
                         const std::vector<std::string> &candidates);

} // namespace mobileone

#endif // MOBILEONE_SUPPORT_DIAGNOSTICS_H
