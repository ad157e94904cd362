//===- TuneReport.cpp - What tuning found ---------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/TuneReport.h"

#include "compiler/Tools/ResultTable.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

using namespace mobileone;
using nlohmann::ordered_json;

/// "pixels 14 -> 7, unroll 1 -> 2", or "-".
static std::string changes(const KernelTuning &tuning) {
  std::vector<std::string> texts;
  for (const auto &[name, value] : tuning.search.standard()) {
    int best = tuning.best->parameters.at(name);
    if (best != value)
      texts.push_back(fmt::format("{} {} -> {}", name, value, best));
  }
  return texts.empty() ? "-" : fmt::format("{}", fmt::join(texts, ", "));
}

using Networks = std::vector<std::unique_ptr<NetworkTuner>>;

static std::string kernelTable(const Networks &networks) {
  using Align = ResultTable::Align;
  ResultTable table({{"model", Align::Left},
                     {"kernel", Align::Left},
                     {"calls"},
                     {"tried"},
                     {"failed"},
                     {"default us"},
                     {"tuned us"},
                     {"changes", Align::Left}});
  for (const std::unique_ptr<NetworkTuner> &network : networks)
    for (const std::unique_ptr<KernelTuning> &each : network->kernels()) {
      std::vector<std::string> row = {
          network->model(), each->kernel.name,
          fmt::format("{}", each->kernel.steps.size()),
          fmt::format("{}", each->measured), fmt::format("{}", each->failed)};
      if (each->best)
        row.insert(row.end(),
                   {fmt::format("{:.1f}", each->best->standardTime.minimum),
                    fmt::format("{:.1f}", each->best->time.minimum),
                    changes(*each)});
      else
        row.insert(row.end(), {"-", "-", "-"});
      table.addRow(row);
    }
  return table.str();
}

/// Times in microseconds.
static std::string total(const std::string &model, double standard,
                         double best) {
  return fmt::format("{}: {:.3f} ms with the schedules' own choices, {:.3f} ms "
                     "tuned ({:+.1f}%)\n",
                     model, standard / 1e3, best / 1e3,
                     100 * (best / standard - 1));
}

std::string mobileone::tuneReportAsText(const TuneOptions &options,
                                        const TuneResult &result) {
  std::string text = kernelTable(result.networks);
  for (const std::unique_ptr<NetworkTuner> &network : result.networks)
    text +=
        total(network->model(), network->standardTime(), network->bestTime());
  if (!result.isComplete)
    text += "not everything was tried; the same command with a larger --budget "
            "goes on\n";
  return text + fmt::format("records {}\nlog     {}\n", options.output,
                            tuneLogPath(options.output));
}

static ordered_json kernelAsJson(const KernelTuning &tuning) {
  ordered_json kernel = {{"kernel", tuning.kernel.name},
                         {"schedule", tuning.kernel.schedule->name},
                         {"calls", tuning.kernel.steps.size()},
                         {"tried", tuning.measured},
                         {"failed", tuning.failed}};
  if (!tuning.best)
    return kernel;
  kernel["parameters"] = ordered_json(tuning.best->parameters);
  kernel["microseconds"] = tuning.best->time.minimum;
  kernel["default_microseconds"] = tuning.best->standardTime.minimum;
  return kernel;
}

static ordered_json kernelsAsJson(const NetworkTuner &network) {
  ordered_json kernels = ordered_json::array();
  for (const std::unique_ptr<KernelTuning> &each : network.kernels())
    kernels.push_back(kernelAsJson(*each));
  return kernels;
}

std::string mobileone::tuneReportAsJson(const TuneOptions &options,
                                        const TuneResult &result) {
  ordered_json networks = ordered_json::array();
  for (const std::unique_ptr<NetworkTuner> &network : result.networks)
    networks.push_back({{"model", network->model()},
                        {"default_microseconds", network->standardTime()},
                        {"microseconds", network->bestTime()},
                        {"kernels", kernelsAsJson(*network)}});
  ordered_json report = {{"target", options.measure.target->name},
                         {"threads", options.measure.threads},
                         {"seconds", result.elapsed},
                         {"complete", result.isComplete},
                         {"measurements_resumed", result.measurementsBefore},
                         {"networks", networks},
                         {"records", options.output},
                         {"log", tuneLogPath(options.output)}};
  return report.dump(2) + "\n";
}

std::string mobileone::estimatedTuningAsText(const TuneOptions &options,
                                             const EstimatedTuning &result) {
  std::string text = kernelTable(result.networks);
  for (size_t i = 0; i < result.networks.size(); ++i)
    text +=
        total(result.networks[i]->model(), result.standard[i], result.best[i]);
  if (!result.isComplete)
    text += "not everything was tried; a larger --budget tries more, from what "
            "was found on\n";
  text += fmt::format("all times: {};\nnothing was measured, no result was "
                      "compared: see 'mobileonec verify --schedules-from'\n",
                      result.estimator);
  if (result.keptMeasured)
    text += fmt::format("{} records of {} were measured and stay\n",
                        result.keptMeasured, options.output);
  return text + fmt::format("records {}\n", options.output);
}

std::string mobileone::estimatedTuningAsJson(const TuneOptions &options,
                                             const EstimatedTuning &result) {
  ordered_json networks = ordered_json::array();
  for (size_t i = 0; i < result.networks.size(); ++i)
    networks.push_back({{"model", result.networks[i]->model()},
                        {"default_microseconds", result.standard[i]},
                        {"microseconds", result.best[i]},
                        {"kernels", kernelsAsJson(*result.networks[i])}});
  ordered_json report = {{"target", options.measure.target->name},
                         {"measured_by", result.estimator},
                         {"threads", options.measure.threads},
                         {"complete", result.isComplete},
                         {"measured_records_kept", result.keptMeasured},
                         {"networks", networks},
                         {"records", options.output}};
  return report.dump(2) + "\n";
}

std::string mobileone::importReportAsText(const TuneOptions &options,
                                          const ImportResult &result) {
  std::string device =
      result.device.empty() ? "" : " on " + escapeForDisplay(result.device);
  return kernelTable(result.networks) +
         fmt::format("measured for {}{}\nrecords {}\n",
                     options.measure.target->name, device, options.output);
}

std::string mobileone::importReportAsJson(const TuneOptions &options,
                                          const ImportResult &result) {
  ordered_json networks = ordered_json::array();
  for (const std::unique_ptr<NetworkTuner> &network : result.networks)
    networks.push_back(
        {{"model", network->model()}, {"kernels", kernelsAsJson(*network)}});
  ordered_json report = {{"target", options.measure.target->name},
                         {"device", result.device},
                         {"networks", networks},
                         {"warnings", result.warnings},
                         {"records", options.output}};
  return report.dump(2) + "\n";
}

static std::string appUsage(const TuneOptions &options,
                            const std::string &folder) {
  if (isForIos(*options.measure.target))
    return fmt::format("open {}/Tuner.xcodeproj in Xcode, choose your team, "
                       "run it on the device,\nshare the log; then\n",
                       folder);
  return fmt::format("build it with 'cmake -S {0} -B {0}/build' and 'cmake "
                     "--build {0}/build',\nrun mobileone-tune LOG.jsonl on the "
                     "device; then\n",
                     folder);
}

std::string
mobileone::appReportAsText(const TuneOptions &options,
                           const std::string &folder,
                           const std::vector<TuneAppNetwork> &networks) {
  std::string text;
  for (const TuneAppNetwork &each : networks)
    text += fmt::format(
        "{}: {} kernels, {} candidates in {} rounds{}\n", each.name,
        each.kernels, each.candidates, each.rounds,
        each.notCompiled ? fmt::format(", {} do not compile", each.notCompiled)
                         : "");
  return text + appUsage(options, folder) +
         fmt::format("  mobileonec tune {} --target {}{} --import LOG.jsonl -o "
                     "FILE.json\n",
                     fmt::join(options.specs, " "),
                     options.measure.target->name,
                     options.precision == Precision::F32
                         ? std::string()
                         : fmt::format(" --precision {}",
                                       precisionName(options.precision)));
}

std::string
mobileone::appReportAsJson(const TuneOptions &options,
                           const std::string &folder,
                           const std::vector<TuneAppNetwork> &networks) {
  ordered_json list = ordered_json::array();
  for (const TuneAppNetwork &each : networks)
    list.push_back({{"model", each.name},
                    {"kernels", each.kernels},
                    {"candidates", each.candidates},
                    {"rounds", each.rounds},
                    {"not_compiled", each.notCompiled}});
  ordered_json report = {{"target", options.measure.target->name},
                         {"threads", options.measure.threads},
                         {"networks", list},
                         {"folder", folder}};
  return report.dump(2) + "\n";
}

std::string mobileone::tuningSpaceAsText(
    const std::vector<std::unique_ptr<NetworkTuner>> &networks) {
  std::string text;
  uint64_t total = 0;
  for (const std::unique_ptr<NetworkTuner> &network : networks)
    for (const std::unique_ptr<KernelTuning> &each : network->kernels()) {
      uint64_t size = each->search.spaceSize();
      total += size;
      text += fmt::format("{} {}: {}, calls {}, combinations {}\n",
                          network->model(), each->kernel.name,
                          each->kernel.schedule->name,
                          each->kernel.steps.size(), size);
      for (const schedules::Parameter &parameter : each->search.parameters())
        text +=
            fmt::format("  {:<17}{} (default {})\n", parameter.name,
                        fmt::join(parameter.values, " "), parameter.standard);
    }
  return text + fmt::format("{} combinations in all\n", total);
}

std::string mobileone::tuningSpaceAsJson(
    const std::vector<std::unique_ptr<NetworkTuner>> &networks) {
  ordered_json kernels = ordered_json::array();
  for (const std::unique_ptr<NetworkTuner> &network : networks)
    for (const std::unique_ptr<KernelTuning> &each : network->kernels()) {
      ordered_json parameters = ordered_json::array();
      for (const schedules::Parameter &parameter : each->search.parameters())
        parameters.push_back({{"name", parameter.name},
                              {"values", parameter.values},
                              {"default", parameter.standard}});
      kernels.push_back({{"model", network->model()},
                         {"kernel", each->kernel.name},
                         {"schedule", each->kernel.schedule->name},
                         {"workload", each->kernel.workload},
                         {"calls", each->kernel.steps.size()},
                         {"combinations", each->search.spaceSize()},
                         {"parameters", parameters}});
    }
  return ordered_json({{"kernels", kernels}}).dump(2) + "\n";
}
