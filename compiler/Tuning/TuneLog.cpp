//===- TuneLog.cpp - Every measurement, on disk at once -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/TuneLog.h"

#include "compiler/Support/MappedFile.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

using namespace mobileone;
using Json = nlohmann::ordered_json;

static constexpr int kLockAttempts = 20;
static constexpr Outcome kOutcomes[] = {Outcome::Measured, Outcome::Wrong,
                                        Outcome::Crashed, Outcome::TimedOut,
                                        Outcome::NotCompiled};

const char *mobileone::outcomeName(Outcome outcome) {
  switch (outcome) {
  case Outcome::Measured:
    return "measured";
  case Outcome::Wrong:
    return "wrong";
  case Outcome::Crashed:
    return "crashed";
  case Outcome::TimedOut:
    return "timed out";
  case Outcome::NotCompiled:
    return "not compiled";
  }
  return "";
}

std::optional<double> Measurement::relativeTime() const {
  if (outcome != Outcome::Measured || standardTime.minimum <= 0 ||
      standardTime.median <= 0)
    return std::nullopt;
  return std::max(time.minimum / standardTime.minimum,
                  time.median / standardTime.median);
}

static Json toJson(const TuneLogHeader &header) {
  return {{"log_version", kTuneLogVersion},
          {"parameters_version", schedules::parametersVersion},
          {"target", header.target},
          {"threads", header.threads},
          {"runner", header.runner}};
}

static Json toJson(const MinimumAndMedian &time) {
  return {{"min", time.minimum}, {"median", time.median}};
}

static Json toJson(const Measurement &measurement) {
  Json line = {{"workload", measurement.workload},
               {"model", measurement.model},
               {"kernel", measurement.kernel},
               {"schedule", measurement.schedule},
               {"parameters", Json(measurement.parameters)},
               {"result", outcomeName(measurement.outcome)}};
  if (measurement.outcome == Outcome::Measured) {
    line["runs"] = measurement.runs;
    line["microseconds"] = toJson(measurement.time);
    line["default_microseconds"] = toJson(measurement.standardTime);
  } else {
    line["message"] = measurement.message;
  }
  if (measurement.isFinal)
    line["final"] = true;
  return line;
}

static MinimumAndMedian readTime(const Json &json) {
  return {json.at("min"), json.at("median")};
}

/// Throws what nlohmann/json throws for a line that is none of ours.
static Measurement readMeasurement(const Json &json) {
  Measurement measurement;
  measurement.workload = json.at("workload");
  measurement.model = json.at("model");
  measurement.kernel = json.at("kernel");
  measurement.schedule = json.at("schedule");
  measurement.parameters = json.at("parameters").get<Assignment>();
  measurement.isFinal = json.value("final", false);
  std::string result = json.at("result");
  const Outcome *outcome =
      std::find_if(std::begin(kOutcomes), std::end(kOutcomes),
                   [&](Outcome each) { return result == outcomeName(each); });
  if (outcome == std::end(kOutcomes))
    throw Json::other_error::create(
        501, fmt::format("there is no result '{}'", escapeForDisplay(result)),
        &json);
  measurement.outcome = *outcome;
  if (measurement.outcome == Outcome::Measured) {
    measurement.runs = json.at("runs");
    measurement.time = readTime(json.at("microseconds"));
    measurement.standardTime = readTime(json.at("default_microseconds"));
  } else {
    measurement.message = json.value("message", "");
  }
  return measurement;
}

std::optional<Measurement> mobileone::parseMeasurement(const std::string &line,
                                                       std::string &problem) {
  try {
    Measurement measurement = readMeasurement(Json::parse(line));
    problem.clear();
    return measurement;
  } catch (const nlohmann::json::exception &error) {
    problem = error.what();
    return std::nullopt;
  }
}

TuneLog::~TuneLog() {
  if (file >= 0)
    close(file);
}

double TuneLog::elapsed() const {
  std::chrono::duration<double> now = std::chrono::steady_clock::now() - start;
  return elapsedBefore + now.count();
}

bool TuneLog::readLines(const std::string &text, const TuneLogHeader &header,
                        DiagnosticList &diagnostics) {
  size_t number = 0;
  for (size_t start = 0; start < text.size();) {
    size_t end = text.find('\n', start);
    std::string line = text.substr(start, end - start);
    start = end + 1;
    ++number;
    try {
      Json json = Json::parse(line);
      if (number == 1 && json != toJson(header)) {
        diagnostics.error(
            ErrorKind::BadInput, path,
            fmt::format("is the log of another tuning: {}, not {}", line,
                        toJson(header).dump()),
            "choose another output, or remove the log to start "
            "over");
        return false;
      }
      if (number == 1)
        continue;
      Measurement measurement = readMeasurement(json);
      elapsedBefore = std::max(elapsedBefore, json.at("elapsed").get<double>());
      ++before;
      if (!measurement.isFinal)
        known[{measurement.workload, measurement.parameters}].push_back(
            std::move(measurement));
    } catch (const nlohmann::json::exception &error) {
      diagnostics.error(ErrorKind::BadInput,
                        fmt::format("{}: line {}", path, number),
                        fmt::format("is no measurement: {}", error.what()),
                        "remove the log to start over");
      return false;
    }
  }
  return true;
}

bool TuneLog::open(const std::string &name, const TuneLogHeader &header,
                   DiagnosticList &diagnostics) {
  path = name;
  file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) {
    diagnostics.error(
        ErrorKind::BadInput, path,
        fmt::format("cannot be written: {}", std::strerror(errno)));
    return false;
  }
  // The children of a call that was killed hold the lock for another moment.
  bool isLocked = false;
  for (int attempt = 0; attempt < kLockAttempts && !isLocked; ++attempt) {
    if (attempt > 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    isLocked = !flock(file, LOCK_EX | LOCK_NB);
  }
  if (!isLocked) {
    diagnostics.error(ErrorKind::BadInput, path,
                      "is being written by another process",
                      "wait for it, or choose another output");
    return false;
  }
  std::shared_ptr<const MappedFile> mapped =
      MappedFile::open(path, diagnostics);
  if (!mapped)
    return false;
  std::string text(mapped->text());
  // What comes after the last end of a line was cut off.
  size_t whole =
      text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1;
  mapped.reset();
  if (!readLines(text.substr(0, whole), header, diagnostics))
    return false;
  if (ftruncate(file, off_t(whole))) {
    diagnostics.error(
        ErrorKind::BadInput, path,
        fmt::format("cannot be written: {}", std::strerror(errno)));
    return false;
  }
  return whole > 0 || write(toJson(header).dump() + "\n", diagnostics);
}

bool TuneLog::write(const std::string &bytes, DiagnosticList &diagnostics) {
  ssize_t count = ::write(file, bytes.data(), bytes.size());
  if (count == ssize_t(bytes.size()) && !fsync(file))
    return true;
  diagnostics.error(ErrorKind::BadInput, path,
                    fmt::format("cannot be written: {}", std::strerror(errno)));
  return false;
}

bool TuneLog::add(const std::vector<Measurement> &measurements,
                  DiagnosticList &diagnostics) {
  std::string lines;
  double seconds = std::round(elapsed() * 1e3) / 1e3;
  for (const Measurement &each : measurements) {
    Json line = toJson(each);
    line["elapsed"] = seconds;
    lines += line.dump() + "\n";
  }
  return lines.empty() || write(lines, diagnostics);
}

std::optional<Measurement> TuneLog::take(const std::string &workload,
                                         const Assignment &parameters) {
  auto found = known.find({workload, parameters});
  if (found == known.end() || found->second.empty())
    return std::nullopt;
  Measurement measurement = std::move(found->second.front());
  found->second.pop_front();
  return measurement;
}
