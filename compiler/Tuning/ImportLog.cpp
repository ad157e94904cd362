//===- ImportLog.cpp - Records from a log of another device ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/ImportLog.h"

#include "compiler/Support/MappedFile.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace mobileone;
using nlohmann::json;

namespace {

class LogImport {
public:
  LogImport(const TuneOptions &options, const std::string &path,
            DiagnosticList &diagnostics)
      : options(options), path(path), diagnostics(diagnostics) {}

  std::optional<ImportResult> run();

private:
  bool readLines();
  bool readHeader(const std::string &line);
  void readLine(const std::string &line, size_t number);
  std::string problemWith(const Measurement &measurement,
                          const KernelTuning &tuning) const;
  KernelTuning *find(const std::string &hash) const;
  void warn(const std::string &subject, size_t number,
            const std::string &message);
  void judge(KernelTuning &tuning);
  bool save();

  const TuneOptions &options;
  const std::string &path;
  DiagnosticList &diagnostics;
  ImportResult result;
  /// By workload, in the order of the log.
  std::map<std::string, std::vector<Measurement>> measurements;
  std::set<std::string> warned;
};

} // namespace

/// The first line says what the log is about.
bool LogImport::readHeader(const std::string &line) {
  json header = json::parse(line, nullptr, /*allow_exceptions=*/false);
  auto number = [&](const char *key) {
    return header.is_object() && header.contains(key) &&
                   header[key].is_number_integer()
               ? header[key].get<int64_t>()
               : -1;
  };
  auto text = [&](const char *key) {
    return header.is_object() && header.contains(key) && header[key].is_string()
               ? header[key].get<std::string>()
               : std::string();
  };
  std::string target = text("target");
  if (number("log_version") < 0 || number("parameters_version") < 0 ||
      target.empty()) {
    diagnostics.error(ErrorKind::BadInput, path + ": line 1",
                      "is not the first line of a log of tuning");
    return false;
  }
  if (number("log_version") != kTuneLogVersion)
    diagnostics.error(ErrorKind::BadInput, path,
                      fmt::format("is a log of version {}, this compiler reads "
                                  "version {}",
                                  number("log_version"), kTuneLogVersion),
                      "make the program again with --emit-app");
  if (number("parameters_version") != schedules::parametersVersion)
    diagnostics.error(ErrorKind::BadInput, path,
                      fmt::format("its parameters are of version {}, this "
                                  "compiler's of version {}",
                                  number("parameters_version"),
                                  schedules::parametersVersion),
                      "make the program again with --emit-app");
  const std::string &wanted = options.measure.target->name;
  if (target != wanted)
    diagnostics.error(ErrorKind::BadInput, path,
                      fmt::format("was measured for {}, not for {}",
                                  escapeForDisplay(target), wanted),
                      "name that target with --target");
  result.device = text("device");
  return !diagnostics.hasErrors();
}

KernelTuning *LogImport::find(const std::string &hash) const {
  for (const std::unique_ptr<NetworkTuner> &network : result.networks)
    for (const std::unique_ptr<KernelTuning> &tuning : network->kernels())
      if (tuning->kernel.hash == hash)
        return tuning.get();
  return nullptr;
}

/// Once for each `subject`.
void LogImport::warn(const std::string &subject, size_t number,
                     const std::string &message) {
  if (warned.insert(subject).second)
    result.warnings.push_back(
        fmt::format("{}: line {}: not used: {}", path, number, message));
}

/// Why the result is of no use now, or "".
std::string LogImport::problemWith(const Measurement &measurement,
                                   const KernelTuning &tuning) const {
  const TunableKernel &kernel = tuning.kernel;
  if (measurement.schedule != kernel.schedule->name)
    return fmt::format("is for the schedule {}, and {} serves {} now",
                       escapeForDisplay(measurement.schedule),
                       kernel.schedule->name, kernel.name);
  if (measurement.parameters.size() != tuning.search.standard().size())
    return fmt::format("has {} parameters, {} has {} now",
                       measurement.parameters.size(), kernel.schedule->name,
                       tuning.search.standard().size());
  schedules::KernelRequest request = kernel.request;
  request.parameters = measurement.parameters;
  return problemWithParameters(*kernel.schedule, request);
}

/// Times that cannot be are as bad as no number.
static bool isPossible(const Measurement &measurement) {
  auto isTime = [](const MinimumAndMedian &time) {
    return time.minimum > 0 && time.median >= time.minimum && time.median < 1e9;
  };
  return measurement.outcome != Outcome::Measured ||
         (isTime(measurement.time) && isTime(measurement.standardTime));
}

void LogImport::readLine(const std::string &line, size_t number) {
  std::string problem;
  std::optional<Measurement> measurement = parseMeasurement(line, problem);
  if (measurement && !isPossible(*measurement))
    problem = "no machine measures such times";
  if (!problem.empty()) {
    diagnostics.error(ErrorKind::BadInput,
                      fmt::format("{}: line {}", path, number),
                      "is no measurement: " + problem);
    return;
  }
  KernelTuning *tuning = find(measurement->workload);
  if (!tuning)
    return warn(measurement->workload, number,
                fmt::format("no kernel of these networks has the workload {} "
                            "({} of {})",
                            escapeForDisplay(measurement->workload),
                            escapeForDisplay(measurement->kernel),
                            escapeForDisplay(measurement->model)));
  problem = problemWith(*measurement, *tuning);
  if (!problem.empty())
    return warn(measurement->workload + problem, number,
                "it is stale: " + problem);
  measurements[measurement->workload].push_back(std::move(*measurement));
}

bool LogImport::readLines() {
  std::shared_ptr<const MappedFile> file = MappedFile::open(path, diagnostics);
  if (!file)
    return false;
  std::string text(file->text());
  size_t number = 0;
  for (size_t start = 0; start < text.size() || number == 0;) {
    size_t end = text.find('\n', start);
    std::string line = text.substr(start, end - start);
    ++number;
    if (number == 1 && !readHeader(line))
      return false;
    // The program was ended while it wrote.
    if (end == std::string::npos)
      warn("", number, "it is cut off");
    else if (number > 1)
      readLine(line, number);
    start = end == std::string::npos ? text.size() : end + 1;
  }
  if (!diagnostics.hasErrors() && measurements.empty())
    diagnostics.error(ErrorKind::BadInput, path,
                      "holds no result about these networks",
                      "name those that --emit-app was given");
  return !diagnostics.hasErrors();
}

/// The worst result of each candidate, and of those the best.
void LogImport::judge(KernelTuning &tuning) {
  std::map<Assignment, const Measurement *> worst;
  const Measurement *standard = nullptr;
  for (const Measurement &each : measurements[tuning.kernel.hash]) {
    ++tuning.measured;
    std::optional<double> relative = each.relativeTime();
    tuning.failed += !relative;
    const Measurement *&known = worst[each.parameters];
    if (!known || !relative ||
        (known->relativeTime() && *relative > *known->relativeTime()))
      known = &each;
    if (relative && (!standard || each.standardTime.minimum <
                                      standard->standardTime.minimum))
      standard = &each;
  }
  if (!standard)
    return;
  tuning.best = *standard;
  tuning.best->parameters = tuning.search.standard();
  tuning.best->time = tuning.best->standardTime;
  double best = 1 - kSmallestGain;
  for (const auto &[parameters, measurement] : worst) {
    std::optional<double> relative = measurement->relativeTime();
    if (!relative || *relative >= best ||
        parameters == tuning.search.standard())
      continue;
    best = *relative;
    tuning.best = *measurement;
  }
}

bool LogImport::save() {
  std::optional<ScheduleRecords> records =
      recordsOfOutput(options, diagnostics);
  if (!records)
    return false;
  result.records = std::move(*records);
  for (const std::unique_ptr<NetworkTuner> &network : result.networks)
    for (const std::unique_ptr<KernelTuning> &tuning : network->kernels()) {
      judge(*tuning);
      if (std::optional<ScheduleRecord> record = recordOf(*tuning))
        result.records.set(std::move(*record));
    }
  return writeScheduleRecords(options.output, result.records, diagnostics);
}

std::optional<ImportResult> LogImport::run() {
  auto networks = tuningSpace(options, diagnostics);
  if (!networks)
    return std::nullopt;
  result.networks = std::move(*networks);
  if (!readLines() || !save())
    return std::nullopt;
  return std::move(result);
}

std::optional<ImportResult>
mobileone::importTuneLog(const TuneOptions &options, const std::string &path,
                         DiagnosticList &diagnostics) {
  return LogImport(options, path, diagnostics).run();
}
