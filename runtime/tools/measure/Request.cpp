//===- Request.cpp - What is to be measured -------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Request.h"

#include <cstdlib>
#include <map>

namespace mobileone::measure {

static constexpr uint64_t kLargestBlob = uint64_t(1) << 32;

/// The next line without its end; false at the end of the stream.
static bool readLine(std::FILE *stream, std::string &line) {
  line.clear();
  for (int c = std::fgetc(stream); c != EOF; c = std::fgetc(stream)) {
    if (c == '\n')
      return true;
    line += char(c);
  }
  return false;
}

static std::string readHeader(std::FILE *stream, Request &request,
                              std::map<std::string, double> &numbers) {
  std::string line;
  if (!readLine(stream, line) || line != "mobileone-measure 1")
    return "this is no request, or one of another version";
  while (readLine(stream, line)) {
    if (line.empty())
      return "";
    size_t space = line.find(' ');
    std::string key = line.substr(0, space);
    if (key == "model" && space != std::string::npos)
      request.model = line.substr(space + 1);
    else if (key != "note")
      numbers[key] =
          space == std::string::npos ? 0 : std::atof(&line[space + 1]);
  }
  return "the request ends in its header";
}

template <typename Blob>
static bool readBlob(std::FILE *stream, double bytes, Blob &blob) {
  if (!(bytes >= 0 && bytes <= double(kLargestBlob)))
    return false;
  blob.resize(size_t(bytes));
  return std::fread(blob.data(), 1, blob.size(), stream) == blob.size();
}

std::string readRequest(std::FILE *stream, Request &request) {
  std::map<std::string, double> numbers;
  std::string problem = readHeader(stream, request, numbers);
  if (!problem.empty())
    return problem;
  request.threads = unsigned(numbers["threads"]);
  request.pairs = unsigned(numbers["pairs"]);
  request.limit = unsigned(numbers["limit"]);
  request.seconds = numbers["seconds"];
  if (!readBlob(stream, numbers["library"], request.library) ||
      !readBlob(stream, numbers["weights"], request.weights) ||
      !readBlob(stream, numbers["inputs"], request.inputs) ||
      !readBlob(stream, numbers["expected"], request.expected))
    return "the request ends before its last byte";
  return "";
}

} // namespace mobileone::measure
