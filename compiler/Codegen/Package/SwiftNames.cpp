//===- SwiftNames.cpp - Names as Swift writes them ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/SwiftNames.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include <fmt/format.h>
#include <map>

using namespace mobileone;

/// Keywords that cannot name a variable, an argument or a member as they are.
static constexpr llvm::StringLiteral keywords[] = {
    "Any",         "Protocol",  "Self",
    "Type",        "as",        "associatedtype",
    "break",       "case",      "catch",
    "class",       "continue",  "default",
    "defer",       "deinit",    "do",
    "else",        "enum",      "extension",
    "fallthrough", "false",     "fileprivate",
    "for",         "func",      "guard",
    "if",          "import",    "in",
    "init",        "inout",     "internal",
    "is",          "let",       "nil",
    "open",        "operator",  "precedencegroup",
    "private",     "protocol",  "public",
    "repeat",      "rethrows",  "return",
    "self",        "static",    "struct",
    "subscript",   "super",     "switch",
    "throw",       "throws",    "true",
    "try",         "typealias", "var",
    "where",       "while"};

/// Types that generated code uses or defines, which a model's would hide.
static constexpr llvm::StringLiteral taken[] = {"Bundle",
                                                "CustomStringConvertible",
                                                "Error",
                                                "Float",
                                                "Float16",
                                                "Foundation",
                                                "Int",
                                                "LocalizedError",
                                                "MappedWeights",
                                                "ModelError",
                                                "ModelSession",
                                                "NSData",
                                                "OpaquePointer",
                                                "Optional",
                                                "Outputs",
                                                "SessionMemory",
                                                "SessionOptions",
                                                "String",
                                                "Swift",
                                                "UInt32",
                                                "UInt64",
                                                "UInt8",
                                                "UnsafeBufferPointer",
                                                "UnsafeMutableBufferPointer",
                                                "UnsafeMutablePointer",
                                                "UnsafeMutableRawBufferPointer",
                                                "UnsafeMutableRawPointer",
                                                "UnsafePointer",
                                                "UnsafeRawPointer"};

std::string mobileone::swiftTypeName(const std::string &name) {
  std::string type;
  bool isWordStart = true;
  for (char c : name) {
    if (c != '_')
      type += isWordStart ? llvm::toUpper(c) : c;
    isWordStart = c == '_';
  }
  return type;
}

std::string mobileone::swiftVariableName(const std::string &name) {
  std::string variable = swiftTypeName(name);
  if (llvm::isLower(name.front()))
    variable.front() = llvm::toLower(variable.front());
  // Backticks do not make these two usable as members.
  if (variable == "self" || variable == "init")
    return variable + "_";
  return llvm::is_contained(keywords, variable) ? "`" + variable + "`"
                                                : variable;
}

bool mobileone::checkSwiftNames(const Package &package,
                                DiagnosticList &diagnostics) {
  std::string base = swiftTypeName(package.name);
  std::map<std::string, std::string> owners;
  for (const char *module : {"Library", "Models", "Runtime"})
    owners[base + module] = "a module of this package";
  for (llvm::StringRef type : taken)
    owners[type.str()] = "a type that the package uses";
  bool fits = true;
  for (const Artifact *model : package.models()) {
    std::string type = swiftTypeName(model->name);
    auto [owner, isNew] = owners.emplace(type, "the model " + model->name);
    if (isNew)
      continue;
    fits = false;
    diagnostics.error(ErrorKind::BadInput, escapeForDisplay(model->folder),
                      fmt::format("{} would be called {} in Swift, as is {}",
                                  model->name, type, owner->second),
                      "compile the model with another --name");
  }
  return fits;
}
