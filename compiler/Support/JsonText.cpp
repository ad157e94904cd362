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

/// Follows the parser through the document to find what it lets pass, before
/// anything is built from it.
class DocumentCheck : public nlohmann::json_sax<json> {
public:
  DocumentCheck(std::string_view text, const std::string &fileName,
                const JsonLimits &limits, DiagnosticList &diagnostics)
      : text(text), fileName(fileName), limits(limits),
        diagnostics(diagnostics) {}

  bool null() override { return startElement(); }
  bool boolean(bool) override { return startElement(); }
  bool number_integer(int64_t) override { return startElement(); }
  bool number_unsigned(uint64_t) override { return startElement(); }
  bool number_float(double, const std::string &) override {
    return startElement();
  }
  bool string(std::string &) override { return startElement(); }
  bool binary(json::binary_t &) override { return startElement(); }
  bool start_object(size_t) override { return startLevel(false); }
  bool end_object() override { return endLevel(); }
  bool start_array(size_t) override { return startLevel(true); }
  bool end_array() override { return endLevel(); }
  bool key(std::string &key) override;
  bool parse_error(size_t position, const std::string &lastToken,
                   const json::exception &error) override;

private:
  struct Level {
    bool isArray;
    int64_t index;
    std::string key;
    std::set<std::string> keys;
  };

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

  void error(const std::string &message) {
    std::string where = path();
    diagnostics.error(ErrorKind::BadInput,
                      where.empty() ? fileName : fileName + ": " + where,
                      message);
  }

  bool startElement() {
    if (!levels.empty() && levels.back().isArray)
      ++levels.back().index;
    if (++values <= limits.values)
      return true;
    error(fmt::format("there are more than {} values", limits.values));
    return false;
  }

  bool startLevel(bool isArray) {
    if (!startElement())
      return false;
    if (levels.size() == limits.depth) {
      error(fmt::format("nested more than {} levels deep", limits.depth));
      return false;
    }
    levels.push_back({isArray, -1, "", {}});
    return true;
  }

  bool endLevel() {
    levels.pop_back();
    return true;
  }

  std::string_view text;
  const std::string &fileName;
  const JsonLimits &limits;
  DiagnosticList &diagnostics;
  std::vector<Level> levels;
  size_t values = 0;
};

} // namespace

bool DocumentCheck::key(std::string &key) {
  levels.back().key = key;
  if (!levels.back().keys.insert(key).second)
    error("the key stands twice in its object");
  return true;
}

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

bool DocumentCheck::parse_error(size_t position, const std::string &,
                                const json::exception &error) {
  constexpr int numberOverflow = 406;
  if (error.id == numberOverflow)
    this->error("a number is too large to be read");
  else
    diagnostics.error(ErrorKind::BadInput, locationOf(text, fileName, position),
                      "not valid JSON: " + reasonIn(error.what()));
  return false;
}

std::optional<json> mobileone::parseJson(std::string_view text,
                                         const std::string &fileName,
                                         const JsonLimits &limits,
                                         DiagnosticList &diagnostics) {
  size_t errorsBefore = diagnostics.all().size();
  DocumentCheck check(text, fileName, limits, diagnostics);
  json::sax_parse(text.begin(), text.end(), &check);
  if (diagnostics.all().size() != errorsBefore)
    return std::nullopt;
  return json::parse(text.begin(), text.end());
}

std::string mobileone::jsonTypeName(const json &value) {
  return value.type_name();
}
