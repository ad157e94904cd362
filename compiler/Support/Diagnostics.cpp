//===- Diagnostics.cpp - Errors as the user sees them ---------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/Diagnostics.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <fmt/format.h>
#include <numeric>

using namespace mobileone;

void DiagnosticList::error(ErrorKind kind, std::string where,
                           std::string message, std::string hint) {
  errors.push_back(
      {kind, std::move(where), std::move(message), std::move(hint)});
}

int DiagnosticList::exitCode() const {
  return errors.empty() ? 0 : static_cast<int>(errors.front().kind);
}

std::string DiagnosticList::str() const {
  std::string text;
  for (const Diagnostic &diagnostic : errors) {
    text += "error: ";
    if (!diagnostic.where.empty())
      text += diagnostic.where + ": ";
    text += diagnostic.message + "\n";
    if (!diagnostic.hint.empty())
      text += "  hint: " + diagnostic.hint + "\n";
  }
  return text;
}

namespace {

struct CodePoint {
  uint32_t value = 0;
  size_t bytes = 0; ///< 0: not valid UTF-8.
};

} // namespace

/// The code point at `position`, by the table of well-formed byte sequences of
/// the Unicode Standard (section 3.9, table 3-7).
static CodePoint decodeUtf8(const std::string &text, size_t position) {
  auto byteAt = [&](size_t offset) -> uint8_t {
    return position + offset < text.size() ? text[position + offset] : 0;
  };
  uint8_t lead = byteAt(0);
  if (lead < 0x80)
    return {lead, 1};
  size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4)
    return {};
  uint32_t value = lead & (0x7F >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byteAt(i) & 0xC0) != 0x80)
      return {};
    value = value << 6 | (byteAt(i) & 0x3F);
  }
  bool overlong =
      (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF)
    return {};
  return {value, length};
}

/// Code points that would move the cursor or reorder the line in a terminal.
static bool isHarmful(uint32_t value) {
  return value < 0x20 || (value >= 0x7F && value < 0xA0) ||
         (value >= 0x200B && value <= 0x200F) ||
         (value >= 0x2028 && value <= 0x202E) ||
         (value >= 0x2060 && value <= 0x206F) || value == 0xFEFF;
}

static std::string escapeCodePoint(const std::string &text, size_t position,
                                   CodePoint point) {
  if (point.bytes == 0)
    return fmt::format("\\x{:02x}", static_cast<uint8_t>(text[position]));
  if (point.value == '\\')
    return "\\\\";
  if (point.value == '\n')
    return "\\n";
  if (point.value == '\t')
    return "\\t";
  if (isHarmful(point.value))
    return fmt::format("\\u{{{:x}}}", point.value);
  return text.substr(position, point.bytes);
}

std::string mobileone::escapeForDisplay(const std::string &text) {
  constexpr size_t longest = 512;
  std::string shown;
  for (size_t position = 0; position < text.size();) {
    CodePoint point = decodeUtf8(text, position);
    std::string piece = escapeCodePoint(text, position, point);
    if (shown.size() + piece.size() > longest)
      return shown + "...";
    shown += piece;
    position += std::max<size_t>(1, point.bytes);
  }
  return shown;
}

static std::string lowerCase(std::string text) {
  for (char &character : text)
    character = std::tolower(static_cast<unsigned char>(character));
  return text;
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn `a`
/// into `b` (optimal string alignment distance).
static size_t editDistance(const std::string &a, const std::string &b) {
  std::vector<std::vector<size_t>> rows(a.size() + 1,
                                        std::vector<size_t>(b.size() + 1));
  std::iota(rows[0].begin(), rows[0].end(), 0);
  for (size_t i = 1; i <= a.size(); ++i) {
    rows[i][0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t substitute = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
      rows[i][j] =
          std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1, substitute});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.size()][b.size()];
}

std::string
mobileone::closestMatch(const std::string &word,
                        const std::vector<std::string> &candidates) {
  // No candidate is that long, and the distance takes quadratic time.
  if (word.empty() || word.size() > 64)
    return "";
  std::string best;
  size_t bestDistance = std::max<size_t>(1, word.size() / 3) + 1;
  for (const std::string &candidate : candidates) {
    size_t distance = editDistance(lowerCase(word), lowerCase(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
