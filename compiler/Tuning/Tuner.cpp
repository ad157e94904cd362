//===- Tuner.cpp - Finds the best schedules of a machine ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/Tuner.h"

#include <filesystem>
#include <fmt/format.h>

using namespace mobileone;

std::string mobileone::tuneLogPath(const std::string &output) {
  return std::filesystem::path(output).replace_extension(".log.jsonl");
}

namespace {

class Tuner {
public:
  Tuner(const TuneOptions &options, const TuneProgress &progress,
        DiagnosticList &diagnostics)
      : options(options), progress(progress), diagnostics(diagnostics) {}

  std::optional<TuneResult> run(const MakeSample &makeSample);

  bool readOutput();
  bool addNetworks(const MakeSample &makeSample);
  std::vector<std::unique_ptr<NetworkTuner>> networks;

private:
  bool addNetwork(const std::string &spec, const MakeSample &makeSample);
  bool search();
  bool isSpent() const { return log.elapsed() >= options.budget; }
  bool save();
  void report(const std::string &phase) {
    if (progress)
      progress(phase, log.elapsed(), networks);
  }

  const TuneOptions &options;
  const TuneProgress &progress;
  DiagnosticList &diagnostics;
  TuneLog log;
  ScheduleRecords before; ///< The output's, which are kept and started from.
  ScheduleRecords records;
  std::string written;
  std::set<std::string> workloads;
};

} // namespace

std::optional<ScheduleRecords>
mobileone::recordsOfOutput(const TuneOptions &options,
                           DiagnosticList &diagnostics) {
  ScheduleRecords records;
  records.target = options.measure.target->name;
  if (!std::filesystem::exists(options.output))
    return records;
  std::optional<ScheduleRecords> found =
      loadScheduleRecords(options.output, diagnostics);
  if (!found)
    return std::nullopt;
  if (found->target != records.target) {
    diagnostics.error(ErrorKind::BadInput, options.output,
                      fmt::format("holds records for {}, not for {}",
                                  found->target, records.target),
                      "choose another output");
    return std::nullopt;
  }
  return found->version == schedules::parametersVersion ? found : records;
}

/// What the output holds already.
bool Tuner::readOutput() {
  std::optional<ScheduleRecords> found = recordsOfOutput(options, diagnostics);
  if (found)
    before = std::move(*found);
  return found.has_value();
}

bool Tuner::addNetwork(const std::string &spec, const MakeSample &makeSample) {
  CompileOptions compileOptions;
  compileOptions.spec = spec;
  // Kernels are those of one image, whatever the batch.
  compileOptions.batch = 1;
  compileOptions.randomSeed = options.seed;
  compileOptions.randomForm = CheckpointForm::Fused;
  compileOptions.precision = options.precision;
  compileOptions.targets = {options.measure.target};
  compileOptions.stopAfter = Phase::Planned;
  compileOptions.emit.clear();
  compileOptions.records.emplace();
  std::optional<CompileResult> compiled = compile(compileOptions, diagnostics);
  if (!compiled)
    return false;
  report("reference");
  std::optional<NetworkSample> sample = NetworkSample();
  if (makeSample)
    sample = makeSample(*compiled, diagnostics);
  if (!sample)
    return false;
  std::string name = compiled->spec->name;
  networks.push_back(std::make_unique<NetworkTuner>(
      name, std::move(*compiled), std::move(*sample), options.measure));
  std::vector<const ScheduleRecords *> starts = {&before};
  for (const ScheduleRecords &shipped : shippedScheduleRecords())
    if (shipped.target == options.measure.target->name)
      starts.push_back(&shipped);
  networks.back()->addKernels(workloads, starts);
  return true;
}

bool Tuner::addNetworks(const MakeSample &makeSample) {
  for (const std::string &spec : options.specs) {
    report("plan");
    if (!addNetwork(spec, makeSample))
      return false;
  }
  return true;
}

std::optional<ScheduleRecord> mobileone::recordOf(const KernelTuning &tuning) {
  const std::optional<Measurement> &best = tuning.best;
  if (!best || best->outcome != Outcome::Measured ||
      best->standardTime.minimum <= 0)
    return std::nullopt;
  ScheduleRecord record;
  record.schedule = tuning.kernel.schedule->name;
  record.workload = tuning.kernel.workload;
  record.parameters = best->parameters;
  double calls = double(tuning.kernel.steps.size());
  record.microseconds = best->time.minimum / calls;
  record.defaultMicroseconds = best->standardTime.minimum / calls;
  return record;
}

bool mobileone::writeScheduleRecords(const std::string &path,
                                     const ScheduleRecords &records,
                                     DiagnosticList &diagnostics) {
  std::string temporary = path + ".tmp";
  std::error_code error;
  std::string text = printScheduleRecords(records);
  std::FILE *file = std::fopen(temporary.c_str(), "w");
  bool isWritten =
      file && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (file && std::fclose(file))
    isWritten = false;
  if (!isWritten)
    error = std::error_code(errno, std::generic_category());
  else
    std::filesystem::rename(temporary, path, error);
  if (!error)
    return true;
  diagnostics.error(ErrorKind::BadInput, path,
                    "cannot be written: " + error.message());
  std::filesystem::remove(temporary, error);
  return false;
}

bool Tuner::save() {
  records = before;
  for (const std::unique_ptr<NetworkTuner> &network : networks)
    for (const std::unique_ptr<KernelTuning> &tuning : network->kernels())
      if (std::optional<ScheduleRecord> record = recordOf(*tuning))
        records.set(std::move(*record));
  std::string text = printScheduleRecords(records);
  if (text == written)
    return true;
  written = text;
  return writeScheduleRecords(options.output, records, diagnostics);
}

/// The networks take turns, a round each.
bool Tuner::search() {
  bool all = false;
  while (!all && !isSpent()) {
    all = true;
    for (const std::unique_ptr<NetworkTuner> &network : networks) {
      if (network->isDone() || isSpent())
        continue;
      report("tune");
      if (!network->runRound(log, diagnostics) || !save())
        return false;
      all &= network->isDone();
    }
  }
  return true;
}

std::optional<TuneResult> Tuner::run(const MakeSample &makeSample) {
  TuneLogHeader header = {options.measure.target->name, options.runner,
                          options.measure.threads};
  if (!readOutput() ||
      !log.open(tuneLogPath(options.output), header, diagnostics) ||
      !addNetworks(makeSample))
    return std::nullopt;
  for (const std::unique_ptr<NetworkTuner> &network : networks) {
    report("check");
    if (!network->measureStandard(diagnostics))
      return std::nullopt;
    network->resume(log);
  }
  if (!search())
    return std::nullopt;
  TuneResult result;
  result.isComplete = true;
  for (const std::unique_ptr<NetworkTuner> &network : networks) {
    report("compare");
    result.isComplete &= network->isDone();
    if (!network->finish(log, diagnostics) || !save())
      return std::nullopt;
  }
  result.records = std::move(records);
  result.networks = std::move(networks);
  result.measurementsBefore = log.countBefore();
  result.elapsed = log.elapsed();
  return result;
}

std::optional<TuneResult> mobileone::tune(const TuneOptions &options,
                                          const MakeSample &makeSample,
                                          const TuneProgress &progress,
                                          DiagnosticList &diagnostics) {
  return Tuner(options, progress, diagnostics).run(makeSample);
}

std::optional<std::vector<std::unique_ptr<NetworkTuner>>>
mobileone::tuningSpace(const TuneOptions &options,
                       DiagnosticList &diagnostics) {
  TuneProgress silent;
  Tuner tuner(options, silent, diagnostics);
  bool hasOutput = !options.output.empty();
  if ((hasOutput && !tuner.readOutput()) || !tuner.addNetworks(nullptr))
    return std::nullopt;
  return std::move(tuner.networks);
}
