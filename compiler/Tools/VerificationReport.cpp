//===- VerificationReport.cpp - Comparisons as text and JSON --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/ResultTable.h"
#include "compiler/Tools/Verification.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

using namespace mobileone;
using nlohmann::ordered_json;

static std::string targetTable(const TargetVerification &target) {
  using Align = ResultTable::Align;
  ResultTable table({{"layer", Align::Left},
                     {"against", Align::Left},
                     {"elements"},
                     {"max abs error"},
                     {"max rel error"},
                     {"", Align::Left}});
  for (const Comparison &comparison : target.comparisons)
    table.addRow({comparison.name, comparison.against,
                  std::to_string(comparison.elements),
                  fmt::format("{:.1e}", comparison.maxAbsolute),
                  fmt::format("{:.1e}", comparison.maxRelative),
                  comparison.passed()
                      ? "ok"
                      : fmt::format("{} differ", comparison.mismatches)});
  return table.str();
}

std::string mobileone::verificationAsText(const Verification &verification) {
  std::string text;
  for (const TargetVerification &target : verification.targets)
    text += fmt::format("{} for {}\n{}\n", verification.model, target.target,
                        targetTable(target));
  if (!verification.notCompared.empty())
    text += fmt::format("not compared, in no memory of the library: {} "
                        "(--no-fusion keeps more)\n",
                        fmt::join(verification.notCompared, ", "));
  for (const auto &[output, difference] : verification.rounding)
    text += fmt::format("rounding alone changes {} by {:.1e}; 4 times that is "
                        "allowed\n",
                        output, difference);
  return text +
         fmt::format("{}: |a - b| <= {:g} + {:g} * |b|; in maps {:g} times the "
                     "largest value\n",
                     verification.passed() ? "all agree" : "DIFFERENT",
                     verification.tolerance.absolute,
                     verification.tolerance.relative,
                     verification.tolerance.absolute);
}

std::string mobileone::verificationAsJson(const Verification &verification) {
  ordered_json targets = ordered_json::array();
  for (const TargetVerification &target : verification.targets) {
    ordered_json comparisons = ordered_json::array();
    for (const Comparison &comparison : target.comparisons)
      comparisons.push_back({{"name", comparison.name},
                             {"against", comparison.against},
                             {"elements", comparison.elements},
                             {"mismatches", comparison.mismatches},
                             {"max_absolute_error", comparison.maxAbsolute},
                             {"max_relative_error", comparison.maxRelative}});
    targets.push_back({{"name", target.target}, {"comparisons", comparisons}});
  }
  ordered_json rounding = ordered_json::object();
  for (const auto &[output, difference] : verification.rounding)
    rounding[output] = difference;
  ordered_json report = {{"model", verification.model},
                         {"passed", verification.passed()},
                         {"tolerance",
                          {{"absolute", verification.tolerance.absolute},
                           {"relative", verification.tolerance.relative}}},
                         {"rounding", rounding},
                         {"targets", targets},
                         {"not_compared", verification.notCompared}};
  return report.dump(2) + "\n";
}

void mobileone::reportDifferences(const Verification &verification,
                                  DiagnosticList &diagnostics) {
  for (const TargetVerification &target : verification.targets)
    for (const Comparison &comparison : target.comparisons) {
      if (comparison.passed())
        continue;
      diagnostics.error(
          ErrorKind::VerificationFailed,
          fmt::format("{} for {}", verification.model, target.target),
          fmt::format("'{}' is the first that differs ({}): {} of {} values, "
                      "worst at [{}]: {:.9g} instead of {:.9g}",
                      comparison.name, comparison.against,
                      comparison.mismatches, comparison.elements,
                      fmt::join(comparison.worstIndex, ", "),
                      comparison.worstFound, comparison.worstExpected),
          "--schedules generic and --no-fusion tell schedules from transforms");
      break;
    }
}
