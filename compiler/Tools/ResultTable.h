//===- ResultTable.h - Aligned columns of text ------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_RESULTTABLE_H
#define MOBILEONE_TOOLS_RESULTTABLE_H

#include <string>
#include <vector>

namespace mobileone {

/// Rows of text under a heading; columns are as wide as their widest cell.
class ResultTable {
public:
  enum class Align { Left, Right };
  struct Column {
    std::string heading;
    Align align = Align::Right;
  };

  explicit ResultTable(std::vector<Column> columns)
      : columns(std::move(columns)) {}

  /// `cells` has one entry per column.
  void addRow(std::vector<std::string> cells);
  /// A line of dashes before the next row.
  void addRule();
  /// Every line ends in a newline; no line ends in a space.
  std::string str() const;

private:
  std::vector<Column> columns;
  /// A rule is a row without cells.
  std::vector<std::vector<std::string>> rows;
};

/// "1.23 GB", "4.5 MB", "678 KB", "90 B": powers of 1000, three digits.
std::string formatBytes(double bytes);

/// "1,234,567".
std::string formatCount(long long count);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_RESULTTABLE_H
