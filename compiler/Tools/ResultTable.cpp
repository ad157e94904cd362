//===- ResultTable.cpp - Aligned columns of text --------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/ResultTable.h"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>

using namespace mobileone;

/// Code points, which is what a terminal shows for the text that we print.
static size_t displayWidth(const std::string &text) {
  return std::count_if(text.begin(), text.end(), [](unsigned char byte) {
    return (byte & 0xC0) != 0x80;
  });
}

static std::string pad(const std::string &text, size_t width,
                       ResultTable::Align align) {
  std::string space(width - displayWidth(text), ' ');
  return align == ResultTable::Align::Left ? text + space : space + text;
}

void ResultTable::addRow(std::vector<std::string> cells) {
  assert(cells.size() == columns.size() && "one cell per column");
  rows.push_back(std::move(cells));
}

void ResultTable::addRule() { rows.emplace_back(); }

std::string ResultTable::str() const {
  std::vector<size_t> widths;
  std::vector<std::string> headings, rule;
  for (size_t column = 0; column < columns.size(); ++column) {
    headings.push_back(columns[column].heading);
    size_t width = displayWidth(columns[column].heading);
    for (const std::vector<std::string> &row : rows)
      if (!row.empty())
        width = std::max(width, displayWidth(row[column]));
    widths.push_back(width);
    rule.push_back(std::string(width, '-'));
  }
  auto line = [&](const std::vector<std::string> &cells) {
    std::string text;
    for (size_t column = 0; column < columns.size(); ++column)
      text += (column ? "  " : "") +
              pad(cells[column], widths[column], columns[column].align);
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
  };
  std::string text = line(headings) + line(rule);
  for (const std::vector<std::string> &row : rows)
    text += line(row.empty() ? rule : row);
  return text;
}

std::string mobileone::formatBytes(double bytes) {
  const char *units[] = {"B", "KB", "MB", "GB", "TB"};
  size_t unit = 0;
  while (bytes >= 999.5 && unit + 1 < std::size(units)) {
    bytes /= 1000;
    ++unit;
  }
  if (unit == 0)
    return fmt::format("{:.0f} B", bytes);
  int decimals = bytes < 9.995 ? 2 : bytes < 99.95 ? 1 : 0;
  return fmt::format("{:.{}f} {}", bytes, decimals, units[unit]);
}

std::string mobileone::formatCount(long long count) {
  std::string digits = std::to_string(count);
  size_t first = count < 0 ? 1 : 0;
  for (size_t at = digits.size(); at > first + 3;)
    digits.insert(at -= 3, ",");
  return digits;
}
