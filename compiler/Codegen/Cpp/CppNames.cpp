//===- CppNames.cpp - Readable identifiers for Halide's names -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Cpp/CppNames.h"

#include "compiler/Codegen/Cpp/UnsupportedIr.h"

#include <cctype>

namespace mobileone {

/// Keywords and what the support header defines.
static const std::set<std::string> &reservedIdentifiers() {
  static const std::set<std::string> reserved = {
      "alignas",     "alignof",     "and",       "asm",
      "auto",        "bool",        "break",     "case",
      "catch",       "char",        "class",     "const",
      "continue",    "default",     "delete",    "do",
      "double",      "else",        "enum",      "explicit",
      "extern",      "false",       "float",     "for",
      "friend",      "goto",        "if",        "inline",
      "int",         "long",        "namespace", "new",
      "not",         "operator",    "or",        "private",
      "protected",   "public",      "register",  "return",
      "short",       "signed",      "sizeof",    "static",
      "struct",      "switch",      "template",  "this",
      "throw",       "true",        "try",       "typedef",
      "typeid",      "typename",    "union",     "unsigned",
      "using",       "virtual",     "void",      "volatile",
      "while",       "xor",         "load",      "store",
      "broadcast",   "gather",      "lanes",     "maximum",
      "minimum",     "relu",        "convert",   "ramp",
      "shuffle",     "reduceAdd",   "roundDown", "floorQuotient",
      "floorModulo", "host",        "dimension", "compute",
      "arguments",   "reinterpret", "loadOnce",  "loadWhere",
      "storeWhere",  "storePart",   "gatherAt",  "main"};
  return reserved;
}

static std::vector<std::string> componentsOf(const std::string &name) {
  std::vector<std::string> components(1);
  for (char c : name) {
    if (c == '.')
      components.emplace_back();
    else
      components.back() += c;
  }
  return components;
}

/// "sums$3" -> "sums", "taps$x" -> "taps", "taps$y" -> "taps_y".
static std::string withoutCounters(const std::string &component) {
  std::string result;
  for (size_t i = 0; i < component.size(); ++i) {
    if (component[i] != '$') {
      result += component[i];
      continue;
    }
    size_t end = i + 1;
    while (end < component.size() && component[end] != '$')
      ++end;
    std::string suffix = component.substr(i + 1, end - i - 1);
    bool isCounter =
        suffix.find_first_not_of("0123456789") == std::string::npos;
    if (!isCounter && suffix != "x")
      result += "_" + suffix;
    i = end - 1;
  }
  return result;
}

static bool isStage(const std::string &component) {
  return component.size() > 1 && component[0] == 's' &&
         component.find_first_not_of("0123456789", 1) == std::string::npos;
}

std::string asCppIdentifier(const std::string &text) {
  std::string result;
  for (char c : text)
    result += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  if (result.empty() || std::isdigit(static_cast<unsigned char>(result[0])))
    result = "v" + result;
  return reservedIdentifiers().count(result) ? result + "_" : result;
}

std::string readableIdentifier(const std::string &halideName) {
  std::vector<std::string> components = componentsOf(halideName);
  // Bounds of a loop keep the loop's name: "dw.s0.y.max.s" -> "dw_y_max".
  static const std::set<std::string> bounds = {"min", "max", "extent"};
  std::string joined;
  bool isBound = false;
  bool isLoop = false;
  for (const std::string &component : components) {
    isBound |= bounds.count(component) != 0;
    isLoop |= isStage(component);
  }
  for (const std::string &component : components) {
    if (isStage(component) || component == "rebased" || component == "s")
      continue;
    std::string word = withoutCounters(component);
    joined = isLoop && !isBound ? word
             : joined.empty()   ? word
                                : joined + "_" + word;
  }
  return asCppIdentifier(joined);
}

void CppNames::enter() { scopes.emplace_back(); }
void CppNames::leave() { scopes.pop_back(); }

bool CppNames::isTaken(const std::string &identifier) const {
  for (const Scope &scope : scopes)
    if (scope.taken.count(identifier))
      return true;
  return false;
}

std::string CppNames::declareTemporary(const std::string &wanted) {
  std::string identifier = wanted;
  for (int number = 2; isTaken(identifier); ++number)
    identifier = wanted + "_" + std::to_string(number);
  scopes.back().taken.insert(identifier);
  return identifier;
}

const std::string &CppNames::declare(const std::string &halideName,
                                     const std::string &wanted) {
  std::string identifier = declareTemporary(wanted);
  return scopes.back().identifiers[halideName] = identifier;
}

const std::string *CppNames::find(const std::string &halideName) const {
  for (auto scope = scopes.rbegin(); scope != scopes.rend(); ++scope) {
    auto found = scope->identifiers.find(halideName);
    if (found != scope->identifiers.end())
      return &found->second;
  }
  return nullptr;
}

bool CppNames::isDeclared(const std::string &halideName) const {
  return find(halideName) != nullptr;
}

const std::string &CppNames::lookup(const std::string &halideName) const {
  if (const std::string *identifier = find(halideName))
    return *identifier;
  throw UnsupportedIr("the name '" + halideName + "' is not defined");
}

} // namespace mobileone
