//===- JsonText.cpp - JSON read with care ---------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/JsonText.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <vector>

using namespace mobileone;
using nlohmann::json;

namespace {

/// Ends the parser early; says why.
struct LimitPassed {
  std::string message;
};

/// Follows the parser through the document to find what it lets pass.
class DocumentCheck {
public:
  DocumentCheck(const std::string &fileName, const JsonLimits &limits,
                DiagnosticList &diagnostics)
      : fileName(fileName), limits(limits), diagnostics(diagnostics) {}

  bool visit(json::parse_event_t event, const json &value) {
    switch (event) {
    case json::parse_event_t::object_start:
    case json::parse_event_t::array_start:
      startElement();
      levels.push_back({event == json::parse_event_t::array_start, -1, "", {}});
      if (levels.size() > limits.depth)
        throw LimitPassed{
            fmt::format("nested more than {} levels deep", limits.depth)};
      break;
    case json::parse_event_t::object_end:
    case json::parse_event_t::array_end:
      levels.pop_back();
      break;
    case json::parse_event_t::key:
      visitKey(value.get<std::string>());
      break;
    case json::parse_event_t::value:
      startElement();
      break;
    }
    return true;
  }

  std::string path() const {
    std::string text;
    for (const Level &level : levels) {
      if (level.isArray)
        text += fmt::format("[{}]", std::max<int64_t>(0, level.index));
      else if (!level.key.empty())
        text += (text.empty() ? "" : ".") + escapeForDisplay(level.key);
    }
    return text;
  }

private:
  struct Level {
    bool isArray;
    int64_t index;
    std::string key;
    std::set<std::string> keys;
  };

  void startElement() {
    if (++values > limits.values)
      throw LimitPassed{
          fmt::format("there are more than {} values", limits.values)};
    if (!levels.empty() && levels.back().isArray)
      ++levels.back().index;
  }

  void visitKey(const std::string &key) {
    levels.back().key = key;
    if (!levels.back().keys.insert(key).second)
      diagnostics.error(ErrorKind::BadInput,
                        fmt::format("{}: {}", fileName, path()),
                        "the key stands twice in its object");
  }

  const std::string &fileName;
  const JsonLimits &limits;
  DiagnosticList &diagnostics;
  std::vector<Level> levels;
  size_t values = 0;
};

} // namespace

/// "FILE:LINE:COLUMN" of the byte before `end`, counted from 1.
static std::string locationOf(std::string_view text,
                              const std::string &fileName, size_t end) {
  std::string_view before = text.substr(0, std::min(end, text.size()));
  if (!before.empty() && end <= text.size())
    before.remove_suffix(1);
  size_t line = std::count(before.begin(), before.end(), '\n') + 1;
  size_t lineStart = before.rfind('\n');
  size_t column = before.size() -
                  (lineStart == std::string_view::npos ? 0 : lineStart + 1) + 1;
  return fmt::format("{}:{}:{}", fileName, line, column);
}

/// The part of the library's message that speaks of the text.
static std::string reasonIn(const std::string &message) {
  for (const char *before : {" - ", ": "}) {
    size_t start = message.find(before);
    if (start != std::string::npos)
      return escapeForDisplay(
          message.substr(start + std::string_view(before).size()));
  }
  return escapeForDisplay(message);
}

std::optional<json> mobileone::parseJson(std::string_view text,
                                         const std::string &fileName,
                                         const JsonLimits &limits,
                                         DiagnosticList &diagnostics) {
  DocumentCheck check(fileName, limits, diagnostics);
  size_t errorsBefore = diagnostics.all().size();
  auto visit = [&](int, json::parse_event_t event, json &value) {
    return check.visit(event, value);
  };
  try {
    json document = json::parse(text.begin(), text.end(), visit);
    if (diagnostics.all().size() == errorsBefore)
      return document;
  } catch (const json::parse_error &error) {
    diagnostics.error(ErrorKind::BadInput,
                      locationOf(text, fileName, error.byte),
                      "not valid JSON: " + reasonIn(error.what()));
  } catch (const json::out_of_range &) {
    std::string path = check.path();
    diagnostics.error(ErrorKind::BadInput,
                      path.empty() ? fileName : fileName + ": " + path,
                      "a number is too large to be read");
  } catch (const LimitPassed &limit) {
    std::string path = check.path();
    diagnostics.error(ErrorKind::BadInput,
                      path.empty() ? fileName : fileName + ": " + path,
                      limit.message);
  }
  return std::nullopt;
}

std::string mobileone::jsonTypeName(const json &value) {
  return value.type_name();
}
