//===- Safetensors.cpp - Reads safetensors files --------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/Safetensors.h"

#include "compiler/Support/JsonText.h"

#include <algorithm>
#include <fmt/format.h>

using namespace mobileone;
using nlohmann::json;

static constexpr uint64_t lengthBytes = 8;
static constexpr uint64_t maximumHeaderBytes = 16 << 20;
static constexpr size_t maximumTensors = 10000;
static constexpr size_t maximumRank = 8;
static constexpr size_t maximumNameBytes = 512;
/// More than any file has; products up to here do not overflow.
static constexpr uint64_t maximumElements = uint64_t(1) << 48;
/// The root, a tensor, an array in it; and one more to be told what is wrong
/// rather than that it is deep.
static constexpr JsonLimits headerLimits = {4, 20 * maximumTensors};

namespace {

class SafetensorsParser {
public:
  SafetensorsParser(std::string_view file, const std::string &fileName,
                    DiagnosticList &diagnostics)
      : file(file), fileName(escapeForDisplay(fileName)),
        diagnostics(diagnostics) {}

  std::optional<std::vector<SafetensorsEntry>> run();

private:
  void error(const std::string &message) {
    diagnostics.error(ErrorKind::BadInput, fileName, message);
  }
  void error(const std::string &tensor, const std::string &message) {
    diagnostics.error(ErrorKind::BadInput,
                      fileName + ": " + escapeForDisplay(tensor), message);
  }

  std::optional<std::string_view> findHeader();
  void readMetadata(const json &metadata);
  void readTensor(const std::string &name, const json &value);
  bool checkKeys(const std::string &name, const json &value);
  std::optional<WeightType> readType(const std::string &name,
                                     const json &value);
  std::optional<std::vector<int64_t>> readShape(const std::string &name,
                                                const json &value);
  bool readOffsets(const json &value, SafetensorsEntry &entry);
  void checkCoverage();

  std::string_view file;
  std::string fileName;
  DiagnosticList &diagnostics;
  uint64_t dataStart = 0;
  std::vector<SafetensorsEntry> entries;
};

} // namespace

std::optional<std::string_view> SafetensorsParser::findHeader() {
  if (file.size() < lengthBytes) {
    error(fmt::format("the file has {} bytes, too few for a safetensors file",
                      file.size()));
    return std::nullopt;
  }
  uint64_t length = 0;
  for (uint64_t i = 0; i < lengthBytes; ++i)
    length |= static_cast<uint64_t>(static_cast<uint8_t>(file[i])) << (8 * i);
  if (length > maximumHeaderBytes) {
    error(fmt::format("not a safetensors file: its header would have {} "
                      "bytes; at most {} are possible",
                      length, maximumHeaderBytes));
    return std::nullopt;
  }
  if (length > file.size() - lengthBytes) {
    error(fmt::format("the file is cut short: its header has {} bytes, of "
                      "which {} are there",
                      length, file.size() - lengthBytes));
    return std::nullopt;
  }
  dataStart = lengthBytes + length;
  std::string_view header = file.substr(lengthBytes, length);
  size_t last = header.find_last_not_of(' ');
  if (last == std::string_view::npos || header[0] != '{' ||
      header[last] != '}') {
    error("not a safetensors file: its header does not start with '{' and "
          "end with '}'");
    return std::nullopt;
  }
  return header;
}

void SafetensorsParser::readMetadata(const json &metadata) {
  bool isStrings = metadata.is_object() &&
                   std::all_of(metadata.begin(), metadata.end(),
                               [](const json &v) { return v.is_string(); });
  if (!isStrings)
    error("__metadata__", "must map strings to strings");
}

bool SafetensorsParser::checkKeys(const std::string &name, const json &value) {
  if (!value.is_object()) {
    error(name, fmt::format("must be an object, not {}", jsonTypeName(value)));
    return false;
  }
  bool isComplete = true;
  for (const char *key : {"dtype", "shape", "data_offsets"}) {
    if (value.contains(key))
      continue;
    error(name, fmt::format("the key '{}' is missing", key));
    isComplete = false;
  }
  if (isComplete && value.size() != 3)
    error(name, "has keys besides dtype, shape and data_offsets");
  return isComplete && value.size() == 3;
}

std::optional<WeightType> SafetensorsParser::readType(const std::string &name,
                                                      const json &value) {
  std::string text =
      value.is_string() ? value.get<std::string>() : value.dump();
  std::optional<WeightType> type;
  if (value.is_string())
    type = weightTypeNamed(text);
  if (!type)
    error(name, fmt::format("the type {} is not supported; F16, BF16, F32, "
                            "F64 and plain integers are",
                            escapeForDisplay(text)));
  return type;
}

/// The values of an array of whole numbers from 0 to `maximum`.
static std::optional<std::vector<uint64_t>> readNumbers(const json &value,
                                                        uint64_t maximum) {
  if (!value.is_array())
    return std::nullopt;
  std::vector<uint64_t> numbers;
  for (const json &element : value) {
    if (!element.is_number_unsigned() || element.get<uint64_t>() > maximum)
      return std::nullopt;
    numbers.push_back(element.get<uint64_t>());
  }
  return numbers;
}

std::optional<std::vector<int64_t>>
SafetensorsParser::readShape(const std::string &name, const json &value) {
  std::optional<std::vector<uint64_t>> sizes =
      readNumbers(value, maximumElements);
  if (!sizes || sizes->size() > maximumRank) {
    error(name, fmt::format("the shape must be an array of at most {} sizes",
                            maximumRank));
    return std::nullopt;
  }
  uint64_t elements = 1;
  for (uint64_t size : *sizes) {
    if (size != 0 && elements > maximumElements / size) {
      error(name, "the shape has too many elements");
      return std::nullopt;
    }
    elements *= size;
  }
  return std::vector<int64_t>(sizes->begin(), sizes->end());
}

bool SafetensorsParser::readOffsets(const json &value,
                                    SafetensorsEntry &entry) {
  uint64_t available = file.size() - dataStart;
  std::optional<std::vector<uint64_t>> offsets = readNumbers(value, UINT64_MAX);
  if (!offsets || offsets->size() != 2 || (*offsets)[0] > (*offsets)[1]) {
    error(entry.name, "data_offsets must be a begin and an end after it");
    return false;
  }
  if ((*offsets)[1] > available) {
    error(entry.name,
          fmt::format("its bytes end at {}, but the file has {}: it is cut "
                      "short or damaged",
                      (*offsets)[1], available));
    return false;
  }
  entry.begin = dataStart + (*offsets)[0];
  entry.end = dataStart + (*offsets)[1];
  return true;
}

void SafetensorsParser::readTensor(const std::string &name, const json &value) {
  if (name.empty() || name.size() > maximumNameBytes)
    return error(name, fmt::format("a name must have from 1 to {} bytes",
                                   maximumNameBytes));
  if (!checkKeys(name, value))
    return;
  SafetensorsEntry entry;
  entry.name = name;
  std::optional<WeightType> type = readType(name, value["dtype"]);
  std::optional<std::vector<int64_t>> shape = readShape(name, value["shape"]);
  bool hasOffsets = readOffsets(value["data_offsets"], entry);
  if (!type || !shape || !hasOffsets)
    return;
  entry.type = *type;
  entry.shape = *shape;
  uint64_t expected = weightTypeBytes(*type);
  for (int64_t size : *shape)
    expected *= size;
  if (entry.end - entry.begin != expected)
    return error(name, fmt::format("has {} bytes where type and shape need {}",
                                   entry.end - entry.begin, expected));
  entries.push_back(std::move(entry));
}

void SafetensorsParser::checkCoverage() {
  std::sort(entries.begin(), entries.end(),
            [](const SafetensorsEntry &a, const SafetensorsEntry &b) {
              return std::tie(a.begin, a.end, a.name) <
                     std::tie(b.begin, b.end, b.name);
            });
  uint64_t position = dataStart;
  for (const SafetensorsEntry &entry : entries) {
    if (entry.begin > position)
      error(entry.name, fmt::format("{} bytes before it belong to no tensor",
                                    entry.begin - position));
    else if (entry.begin < position)
      error(entry.name, "shares bytes with the tensor before it");
    position = std::max(position, entry.end);
  }
  if (position != file.size())
    error(fmt::format("{} bytes at the end belong to no tensor",
                      file.size() - position));
}

std::optional<std::vector<SafetensorsEntry>> SafetensorsParser::run() {
  size_t errorsBefore = diagnostics.all().size();
  std::optional<std::string_view> header = findHeader();
  if (!header)
    return std::nullopt;
  std::optional<json> root =
      parseJson(*header, fileName, headerLimits, diagnostics);
  if (!root)
    return std::nullopt;
  if (root->size() > maximumTensors + root->contains("__metadata__")) {
    error(fmt::format("the file has {} tensors; at most {} are possible",
                      root->size(), maximumTensors));
    return std::nullopt;
  }
  for (const auto &item : root->items()) {
    if (item.key() == "__metadata__")
      readMetadata(item.value());
    else
      readTensor(item.key(), item.value());
  }
  // With a tensor missing, holes mean nothing.
  if (diagnostics.all().size() == errorsBefore)
    checkCoverage();
  if (diagnostics.all().size() != errorsBefore)
    return std::nullopt;
  return std::move(entries);
}

std::optional<std::vector<SafetensorsEntry>>
mobileone::parseSafetensors(std::string_view file, const std::string &fileName,
                            DiagnosticList &diagnostics) {
  return SafetensorsParser(file, fileName, diagnostics).run();
}

std::optional<WeightStore>
mobileone::readSafetensors(const std::shared_ptr<const MappedFile> &file,
                           const std::string &fileName,
                           DiagnosticList &diagnostics) {
  std::optional<std::vector<SafetensorsEntry>> entries =
      parseSafetensors(file->text(), fileName, diagnostics);
  if (!entries)
    return std::nullopt;
  WeightStore store;
  for (const SafetensorsEntry &entry : *entries)
    store.addView(entry.name,
                  {entry.type, entry.shape, file->data() + entry.begin}, file);
  return store;
}

std::optional<WeightStore>
mobileone::readSafetensors(const std::string &path,
                           DiagnosticList &diagnostics) {
  std::shared_ptr<const MappedFile> file = MappedFile::open(path, diagnostics);
  return file ? readSafetensors(file, path, diagnostics) : std::nullopt;
}
