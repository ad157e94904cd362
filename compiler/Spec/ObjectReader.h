//===- ObjectReader.h - Reads one JSON object -------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SPEC_OBJECTREADER_H
#define MOBILEONE_SPEC_OBJECTREADER_H

#include "compiler/Support/Diagnostics.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// Both ends belong to it.
template <typename Number> struct Range {
  Number minimum, maximum;
};

/// Reads the values of one object of a JSON file by key. What is not as asked
/// for is reported as BadInput with its JSON path. A reader returns nothing if
/// the key is absent or its value bad.
class ObjectReader {
public:
  /// `path` is the object's, empty for the root. Reports if `value` is not an
  /// object; then every key is absent.
  ObjectReader(const nlohmann::json &value, std::string path,
               const std::string &fileName, DiagnosticList &diagnostics);

  /// Whether `value` was an object.
  bool isObject() const { return object != nullptr; }
  bool has(const char *key) const;
  /// Reports each of `keys` that is absent.
  void require(std::initializer_list<const char *> keys);

  std::optional<int64_t> integer(const char *key, Range<int64_t> range);
  std::optional<double> number(const char *key, Range<double> range);
  std::optional<std::string> string(const char *key);
  /// Index of the value in `choices`.
  std::optional<size_t> choice(const char *key,
                               const std::vector<std::string> &choices);
  std::optional<std::vector<int64_t>> integers(const char *key,
                                               Range<int64_t> range);
  std::optional<std::vector<double>> numbers(const char *key,
                                             Range<double> range);
  std::optional<std::vector<std::string>> strings(const char *key);
  /// The value as it is, null if the key is absent.
  const nlohmann::json *find(const char *key);
  /// An array of `count` elements; null if absent or bad.
  const nlohmann::json *array(const char *key, Range<size_t> count);
  /// The object at `key`, which must be there.
  ObjectReader child(const char *key);
  /// The `index`-th object of the array at `key`.
  ObjectReader child(const char *key, size_t index);

  /// Reports the keys that nobody asked for.
  void reportUnknownKeys();

  /// An error at `key`, or at the object itself if `key` is empty.
  void error(const std::string &key, const std::string &message,
             const std::string &hint = "");

private:
  std::string pathOf(const std::string &key) const;
  bool expectType(const nlohmann::json &value, const std::string &path,
                  bool isType, const char *type);
  std::optional<int64_t> readInteger(const nlohmann::json &value,
                                     const std::string &key,
                                     Range<int64_t> range);
  std::optional<double> readNumber(const nlohmann::json &value,
                                   const std::string &key, Range<double> range);
  template <typename Value, typename Read>
  std::optional<std::vector<Value>> readArray(const char *key, Read read);

  const nlohmann::json *object = nullptr;
  std::string path;
  const std::string *fileName;
  DiagnosticList *diagnostics;
  std::vector<std::string> knownKeys;
};

} // namespace mobileone

#endif // MOBILEONE_SPEC_OBJECTREADER_H
