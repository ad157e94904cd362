//===- ObjectReader.cpp - Reads one JSON object ---------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/ObjectReader.h"

#include "compiler/Support/JsonText.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

using namespace mobileone;
using nlohmann::json;

ObjectReader::ObjectReader(const json &value, std::string path,
                           const std::string &fileName,
                           DiagnosticList &diagnostics)
    : path(std::move(path)), fileName(&fileName), diagnostics(&diagnostics) {
  if (expectType(value, "", value.is_object(), "an object"))
    object = &value;
}

std::string ObjectReader::pathOf(const std::string &key) const {
  if (key.empty() || path.empty())
    return path + key;
  return key[0] == '[' ? path + key : path + "." + key;
}

void ObjectReader::error(const std::string &key, const std::string &message,
                         const std::string &hint) {
  std::string where = pathOf(key);
  diagnostics->error(ErrorKind::BadInput,
                     where.empty() ? *fileName : *fileName + ": " + where,
                     message, hint);
}

bool ObjectReader::expectType(const json &value, const std::string &key,
                              bool isType, const char *type) {
  if (!isType)
    error(key, fmt::format("must be {}, not {}", type, jsonTypeName(value)));
  return isType;
}

bool ObjectReader::has(const char *key) const {
  return object && object->contains(key);
}

void ObjectReader::require(std::initializer_list<const char *> keys) {
  for (const char *key : keys)
    if (object && !has(key))
      error("", fmt::format("the key '{}' is missing", key));
}

const json *ObjectReader::find(const char *key) {
  if (std::find(knownKeys.begin(), knownKeys.end(), key) == knownKeys.end())
    knownKeys.push_back(key);
  return has(key) ? &(*object)[key] : nullptr;
}

std::optional<int64_t> ObjectReader::readInteger(const json &value,
                                                 const std::string &key,
                                                 Range<int64_t> range) {
  if (!expectType(value, key, value.is_number_integer(), "an integer"))
    return std::nullopt;
  bool fits = !value.is_number_unsigned() ||
              value.get<uint64_t>() <= static_cast<uint64_t>(INT64_MAX);
  if (fits && value.get<int64_t>() >= range.minimum &&
      value.get<int64_t>() <= range.maximum)
    return value.get<int64_t>();
  error(key, fmt::format("must be from {} to {}, not {}", range.minimum,
                         range.maximum, value.dump()));
  return std::nullopt;
}

std::optional<int64_t> ObjectReader::integer(const char *key,
                                             Range<int64_t> range) {
  const json *value = find(key);
  return value ? readInteger(*value, key, range) : std::nullopt;
}

std::optional<double> ObjectReader::readNumber(const json &value,
                                               const std::string &key,
                                               Range<double> range) {
  if (!expectType(value, key, value.is_number(), "a number"))
    return std::nullopt;
  double number = value.get<double>();
  if (number >= range.minimum && number <= range.maximum)
    return number;
  error(key, fmt::format("must be from {} to {}, not {}", range.minimum,
                         range.maximum, value.dump()));
  return std::nullopt;
}

std::optional<double> ObjectReader::number(const char *key,
                                           Range<double> range) {
  const json *value = find(key);
  return value ? readNumber(*value, key, range) : std::nullopt;
}

std::optional<std::string> ObjectReader::string(const char *key) {
  const json *value = find(key);
  if (!value || !expectType(*value, key, value->is_string(), "a string"))
    return std::nullopt;
  return value->get<std::string>();
}

std::optional<size_t>
ObjectReader::choice(const char *key, const std::vector<std::string> &choices) {
  std::optional<std::string> text = string(key);
  if (!text)
    return std::nullopt;
  auto found = std::find(choices.begin(), choices.end(), *text);
  if (found != choices.end())
    return found - choices.begin();
  std::string similar = closestMatch(*text, choices);
  error(key,
        fmt::format("must be one of \"{}\", not \"{}\"",
                    fmt::join(choices, "\", \""), escapeForDisplay(*text)),
        similar.empty() ? "" : fmt::format("did you mean \"{}\"?", similar));
  return std::nullopt;
}

const json *ObjectReader::array(const char *key, Range<size_t> count) {
  const json *value = find(key);
  if (!value || !expectType(*value, key, value->is_array(), "an array"))
    return nullptr;
  if (value->size() >= count.minimum && value->size() <= count.maximum)
    return value;
  error(key, fmt::format("must have from {} to {} elements, not {}",
                         count.minimum, count.maximum, value->size()));
  return nullptr;
}

template <typename Value, typename Read>
std::optional<std::vector<Value>> ObjectReader::readArray(const char *key,
                                                          Read read) {
  const json *value = find(key);
  if (!value || !expectType(*value, key, value->is_array(), "an array"))
    return std::nullopt;
  std::vector<Value> results;
  for (size_t i = 0; i < value->size(); ++i)
    if (std::optional<Value> result =
            read((*value)[i], fmt::format("{}[{}]", key, i)))
      results.push_back(*result);
  if (results.size() != value->size())
    return std::nullopt;
  return results;
}

std::optional<std::vector<int64_t>>
ObjectReader::integers(const char *key, Range<int64_t> range) {
  return readArray<int64_t>(key,
                            [&](const json &value, const std::string &element) {
                              return readInteger(value, element, range);
                            });
}

std::optional<std::vector<double>> ObjectReader::numbers(const char *key,
                                                         Range<double> range) {
  return readArray<double>(key,
                           [&](const json &value, const std::string &element) {
                             return readNumber(value, element, range);
                           });
}

std::optional<std::vector<std::string>> ObjectReader::strings(const char *key) {
  return readArray<std::string>(
      key,
      [&](const json &value,
          const std::string &element) -> std::optional<std::string> {
        if (!expectType(value, element, value.is_string(), "a string"))
          return std::nullopt;
        return value.get<std::string>();
      });
}

ObjectReader ObjectReader::child(const char *key) {
  return ObjectReader(*find(key), pathOf(key), *fileName, *diagnostics);
}

ObjectReader ObjectReader::child(const char *key, size_t index) {
  return ObjectReader((*find(key))[index],
                      pathOf(fmt::format("{}[{}]", key, index)), *fileName,
                      *diagnostics);
}

void ObjectReader::reportUnknownKeys() {
  if (!object)
    return;
  for (const auto &item : object->items()) {
    const std::string &key = item.key();
    if (std::find(knownKeys.begin(), knownKeys.end(), key) != knownKeys.end())
      continue;
    std::string similar = closestMatch(key, knownKeys);
    error(escapeForDisplay(key), "unknown key",
          similar.empty()
              ? fmt::format("known here: {}", fmt::join(knownKeys, ", "))
              : fmt::format("did you mean \"{}\"?", similar));
  }
}
