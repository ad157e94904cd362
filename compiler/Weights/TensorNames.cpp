//===- TensorNames.cpp - Lists of tensor names in messages ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/TensorNames.h"

#include "compiler/Support/Diagnostics.h"

#include <cctype>
#include <fmt/format.h>
#include <map>

using namespace mobileone;

static constexpr size_t mostLines = 60;
static constexpr const char *lineStart = "\n    ";

bool mobileone::hasSuffix(const std::string &text, const std::string &suffix) {
  return text.size() >= suffix.size() &&
         text.compare(text.size() - suffix.size(), suffix.size(), suffix) == 0;
}

/// `name` with each run of digits replaced by `*`.
static std::string patternOf(const std::string &name) {
  std::string pattern;
  for (char c : name) {
    if (!std::isdigit(static_cast<unsigned char>(c)))
      pattern += c;
    else if (pattern.empty() || pattern.back() != '*')
      pattern += '*';
  }
  return pattern;
}

static std::vector<std::string>
groupByPattern(const std::vector<std::string> &names) {
  struct Group {
    size_t count = 0;
    std::string first;
  };
  std::map<std::string, Group> groups;
  std::vector<std::string> order;
  for (const std::string &name : names) {
    std::string pattern = patternOf(name);
    Group &group = groups[pattern];
    if (group.count++ == 0) {
      group.first = name;
      order.push_back(pattern);
    }
  }
  std::vector<std::string> lines;
  for (const std::string &pattern : order) {
    const Group &group = groups[pattern];
    std::string first = escapeForDisplay(group.first);
    lines.push_back(group.count == 1 ? first
                                     : fmt::format("{} ({}, the first is {})",
                                                   escapeForDisplay(pattern),
                                                   group.count, first));
  }
  return lines;
}

std::string mobileone::listNames(const std::vector<std::string> &names) {
  std::vector<std::string> lines;
  if (names.size() > mostSingleNames)
    lines = groupByPattern(names);
  else
    for (const std::string &name : names)
      lines.push_back(escapeForDisplay(name));
  std::string text;
  for (size_t i = 0; i < lines.size() && i < mostLines; ++i)
    text += lineStart + lines[i];
  if (lines.size() > mostLines)
    text += fmt::format("{}and {} more lines like these", lineStart,
                        lines.size() - mostLines);
  return text;
}
