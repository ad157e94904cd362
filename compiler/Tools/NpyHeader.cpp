//===- NpyHeader.cpp - The dictionary in a .npy file ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/NpyHeader.h"

#include "compiler/Support/Diagnostics.h"

#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <set>

using namespace mobileone;

/// NumPy's own limit on the number of dimensions.
static constexpr size_t kMaxRank = 64;

namespace {

/// Reads the subset of Python's literals that headers are made of.
class HeaderParser {
public:
  HeaderParser(const std::string &text, NpyHeader &header)
      : text(text), header(header) {}

  std::string parse() {
    if (!take('{'))
      return fail("no dictionary");
    while (!take('}')) {
      if (!parseEntry())
        return problem;
      if (!take(',') && peek() != '}')
        return fail("no ',' or '}' after an entry");
    }
    if (peek() != '\0' || at < text.size())
      return fail("text after the dictionary");
    for (const char *key : {"descr", "fortran_order", "shape"})
      if (!seen.count(key))
        return fail(fmt::format("no key '{}'", key));
    return countBytes();
  }

private:
  /// The next character that is no space, or 0 at the end.
  char peek() {
    while (at < text.size() && std::strchr(" \t\r\n", text[at]) && text[at])
      ++at;
    return at < text.size() ? text[at] : '\0';
  }
  bool take(char expected) {
    if (peek() != expected)
      return false;
    ++at;
    return true;
  }
  bool takeWord(const char *word) {
    peek();
    size_t length = std::strlen(word);
    if (text.compare(at, length, word) != 0)
      return false;
    at += length;
    return true;
  }
  std::string fail(const std::string &what) {
    if (problem.empty())
      problem = what;
    return problem;
  }

  bool parseString(std::string &value) {
    char quote = peek();
    if (quote != '\'' && quote != '"')
      return fail("no quoted string where one must be"), false;
    size_t end = text.find(quote, ++at);
    if (end == std::string::npos)
      return fail("a string does not end"), false;
    value = text.substr(at, end - at);
    at = end + 1;
    return true;
  }

  bool parseEntry() {
    std::string key;
    if (!parseString(key))
      return false;
    if (!seen.insert(key).second)
      return fail(fmt::format("key '{}' twice", escapeForDisplay(key))), false;
    if (!take(':'))
      return fail(fmt::format("no ':' after '{}'", escapeForDisplay(key))),
             false;
    if (key == "descr")
      return parseType();
    if (key == "fortran_order")
      return parseOrder();
    if (key == "shape")
      return parseShape();
    return fail(fmt::format("unknown key '{}'", escapeForDisplay(key))), false;
  }

  bool parseType() {
    if (peek() == '[')
      return fail("structured arrays are not read"), false;
    std::string type;
    if (!parseString(type))
      return false;
    char *end = nullptr;
    long bytes = type.size() > 2 ? std::strtol(type.c_str() + 2, &end, 10) : 0;
    bool wellFormed = type.size() > 2 && std::strchr("<>|=", type[0]) &&
                      type[2] >= '0' && type[2] <= '9' && !*end;
    if (type == "|O" || type == "O")
      return fail("object arrays are not read: they hold pickled code"), false;
    if (!wellFormed || !isNumber(type[1], bytes))
      return fail(fmt::format("'{}' is not a type of numbers",
                              escapeForDisplay(type))),
             false;
    header.bigEndian = type[0] == '>';
    header.kind = type[1];
    header.itemBytes = int(bytes);
    return true;
  }

  static bool isNumber(char kind, long bytes) {
    bool power = bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
    switch (kind) {
    case 'b':
      return bytes == 1;
    case 'i':
    case 'u':
      return power;
    case 'f':
      return power && bytes > 1;
    case 'c':
      return bytes == 8 || bytes == 16;
    }
    return false;
  }

  bool parseOrder() {
    if (takeWord("True"))
      header.fortranOrder = true;
    else if (takeWord("False"))
      header.fortranOrder = false;
    else
      return fail("'fortran_order' is neither True nor False"), false;
    return true;
  }

  bool parseShape() {
    if (!take('('))
      return fail("'shape' is not a tuple"), false;
    while (!take(')')) {
      int64_t extent;
      if (!parseExtent(extent))
        return false;
      header.shape.push_back(extent);
      if (header.shape.size() > kMaxRank)
        return fail(fmt::format("more than {} dimensions", kMaxRank)), false;
      bool comma = take(',');
      if (!comma && (peek() != ')' || header.shape.size() == 1))
        return fail("'shape' is not a tuple"), false;
    }
    return true;
  }

  bool parseExtent(int64_t &extent) {
    if (peek() < '0' || peek() > '9')
      return fail("'shape' holds something else than whole numbers from 0"),
             false;
    extent = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
      if (__builtin_mul_overflow(extent, 10, &extent) ||
          __builtin_add_overflow(extent, text[at] - '0', &extent))
        return fail("'shape' holds a number that is too large"), false;
    // Python 2 wrote long integers so.
    if (at < text.size() && text[at] == 'L')
      ++at;
    return true;
  }

  std::string countBytes() {
    header.dataBytes = header.itemBytes;
    for (int64_t extent : header.shape)
      if (__builtin_mul_overflow(header.dataBytes, uint64_t(extent),
                                 &header.dataBytes))
        return fail("'shape' means more bytes than 64 bits can count");
    return problem;
  }

  const std::string &text;
  NpyHeader &header;
  size_t at = 0;
  std::set<std::string> seen;
  std::string problem;
};

} // namespace

std::string mobileone::parseNpyHeader(const std::string &text,
                                      NpyHeader &header) {
  return HeaderParser(text, header).parse();
}
