//===- CppNames.h - Readable identifiers for Halide's names --- -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CPP_CPPNAMES_H
#define MOBILEONE_CODEGEN_CPP_CPPNAMES_H

#include <map>
#include <set>
#include <string>
#include <vector>

namespace mobileone {

/// The C++ identifier that says most of what a Halide name says:
/// "pointwise.s0.x.xo" -> "xo", "sums$3" -> "sums", "r$x" -> "r". Never a
/// keyword. Halide's own counters do not show, so equal kernels print equally.
std::string readableIdentifier(const std::string &halideName);

/// `text` with what C++ does not allow in a name replaced.
std::string asCppIdentifier(const std::string &text);

/// Which identifier stands for which Halide name, by brace scopes.
class CppNames {
public:
  CppNames() { enter(); }

  void enter();
  void leave();

  /// Binds `halideName` to `wanted`, or `wanted` with a number behind it where
  /// an enclosing scope has taken that. Returns the identifier.
  const std::string &declare(const std::string &halideName,
                             const std::string &wanted);

  /// An identifier that no Halide name is bound to.
  std::string declareTemporary(const std::string &wanted);

  bool isDeclared(const std::string &halideName) const;

  /// Throws UnsupportedIr for a name that is not in scope.
  const std::string &lookup(const std::string &halideName) const;

private:
  struct Scope {
    std::map<std::string, std::string> identifiers;
    std::set<std::string> taken;
  };
  const std::string *find(const std::string &halideName) const;
  bool isTaken(const std::string &identifier) const;

  std::vector<Scope> scopes;
};

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CPP_CPPNAMES_H
