//===- EstimateReport.cpp - Estimates as text and JSON --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/EstimateReport.h"

#include "compiler/Tools/ResultTable.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <numeric>

using namespace mobileone;
using nlohmann::ordered_json;

double EstimateReport::medianError() const {
  std::vector<double> errors;
  for (size_t i = 0; i < measuredMicroseconds.size(); ++i)
    errors.push_back(std::fabs(
        estimate.steps[i].microseconds / measuredMicroseconds[i] - 1));
  if (errors.empty())
    return 0;
  auto middle = errors.begin() + ptrdiff_t(errors.size() / 2);
  std::nth_element(errors.begin(), middle, errors.end());
  return *middle;
}

/// "1.23 M", for executed instructions.
static std::string millions(uint64_t count) {
  return fmt::format("{:.3f}", double(count) * 1e-6);
}

static double shareOfMultiplyAdds(const StepEstimate &step) {
  return step.issueMicroseconds > 0
             ? step.multiplyAddMicroseconds / step.issueMicroseconds
             : 0;
}

static std::vector<ResultTable::Column> columnsFor(const PortModel &core,
                                                   bool measured) {
  std::vector<ResultTable::Column> columns = {
      {"step", ResultTable::Align::Left},
      {"M instr"},
      {"M fma"},
      {"M loads"},
      {"M stores"},
      {"issue us"},
      {"limit", ResultTable::Align::Left},
      {"% of fma"},
      {"caches us"}};
  if (core.cores > 1)
    columns.push_back({fmt::format("{} cores us", core.cores)});
  if (measured) {
    columns.push_back({"measured us"});
    columns.push_back({"off by"});
  }
  return columns;
}

static std::vector<std::string>
cellsFor(const StepEstimate &step, const PortModel &core, double measured) {
  std::vector<std::string> cells = {
      step.name,
      millions(step.counts.instructions),
      millions(step.counts.multiplyAdds),
      millions(step.counts.loads),
      millions(step.counts.stores),
      fmt::format("{:.1f}", step.issueMicroseconds),
      step.limit,
      fmt::format("{:.1f}", 100 * shareOfMultiplyAdds(step)),
      fmt::format("{:.1f}", step.microseconds)};
  if (core.cores > 1)
    cells.push_back(fmt::format("{:.1f}", step.microsecondsOnAll));
  if (measured > 0) {
    cells.push_back(fmt::format("{:.1f}", measured));
    cells.push_back(
        fmt::format("{:+.1f}%", 100 * (step.microseconds / measured - 1)));
  }
  return cells;
}

static double sum(const std::vector<double> &times) {
  return std::accumulate(times.begin(), times.end(), 0.0);
}

std::string mobileone::estimateAsText(const EstimateReport &report) {
  const ProgramEstimate &estimate = report.estimate;
  const PortModel &core = estimate.core;
  bool measured = !report.measuredMicroseconds.empty();
  std::string text = fmt::format(
      "{} for {} on {}, {:.2f} GHz{}: an estimate from executed "
      "instructions{}\n\n",
      estimate.model, estimate.target, core.description, core.gigahertz,
      report.clockIsMeasured ? " as measured here" : "",
      estimate.batch == 1
          ? ""
          : fmt::format(", for each of {} images", estimate.batch));
  ResultTable table(columnsFor(core, measured));
  for (size_t i = 0; i < estimate.steps.size(); ++i)
    table.addRow(cellsFor(estimate.steps[i], core,
                          measured ? report.measuredMicroseconds[i] : 0));
  table.addRule();
  StepEstimate total = estimate.total();
  total.name = "all steps";
  table.addRow(cellsFor(total, core, sum(report.measuredMicroseconds)));
  text += table.str();
  text +=
      fmt::format("\nestimated ms, 1 core: {:.3f} by instructions alone, "
                  "{:.3f} with caches\n",
                  total.issueMicroseconds * 1e-3, total.microseconds * 1e-3);
  if (core.cores > 1)
    text += fmt::format("estimated ms, {} cores: {:.3f} by instructions alone, "
                        "{:.3f} with caches\n",
                        core.cores, total.issueMicrosecondsOnAll * 1e-3,
                        total.microsecondsOnAll * 1e-3);
  if (measured)
    text += fmt::format("measured here, 1 core: {:.3f} ms; the estimate is off "
                        "by {:.1f}% in the median step\n",
                        sum(report.measuredMicroseconds) * 1e-3,
                        100 * report.medianError());
  return text;
}

static ordered_json describe(const StepEstimate &step) {
  ordered_json result = {{"name", step.name},
                         {"tiles", step.tiles},
                         {"multiply_adds", step.multiplyAdds}};
  result.update(countsAsJson(step.counts));
  result.update({{"limit", step.limit},
                 {"fma_bound_microseconds", step.multiplyAddMicroseconds},
                 {"issue_microseconds", step.issueMicroseconds},
                 {"microseconds", step.microseconds},
                 {"issue_microseconds_on_all", step.issueMicrosecondsOnAll},
                 {"microseconds_on_all", step.microsecondsOnAll}});
  return result;
}

std::string mobileone::estimateAsJson(const EstimateReport &report) {
  const ProgramEstimate &estimate = report.estimate;
  const PortModel &core = estimate.core;
  ordered_json steps = ordered_json::array();
  for (const StepEstimate &step : estimate.steps)
    steps.push_back(describe(step));
  for (size_t i = 0; i < report.measuredMicroseconds.size(); ++i)
    steps[i]["measured_microseconds"] = report.measuredMicroseconds[i];
  ordered_json total = describe(estimate.total());
  for (const char *key : {"name", "tiles", "limit"})
    total.erase(key);
  ordered_json result = {{"estimate", true},
                         {"model", estimate.model},
                         {"target", estimate.target},
                         {"batch", estimate.batch},
                         {"core",
                          {{"name", core.name},
                           {"description", core.description},
                           {"gigahertz", core.gigahertz},
                           {"cores", core.cores}}},
                         {"steps", steps},
                         {"total", total}};
  if (!report.measuredMicroseconds.empty()) {
    result["measured_microseconds"] = sum(report.measuredMicroseconds);
    result["median_error"] = report.medianError();
  }
  return result.dump(2) + "\n";
}
