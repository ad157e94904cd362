//===- TargetsVerb.cpp - mobileonec targets -------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Target.h"
#include "compiler/Tools/CommandLine.h"
#include "compiler/Tools/ResultTable.h"

#include <nlohmann/json.hpp>

using namespace mobileone;

static std::vector<Target> listedTargets() {
  std::vector<Target> targets;
  for (const Target &target : allTargets())
    if (!target.isHidden)
      targets.push_back(target);
  return targets;
}

static std::string hostName() {
  const Target *host = hostTarget();
  return host ? host->name : "";
}

static std::string targetsAsJson() {
  nlohmann::ordered_json targets = nlohmann::ordered_json::array();
  for (const Target &target : listedTargets())
    targets.push_back({{"name", target.name},
                       {"description", target.description},
                       {"triple", target.triple},
                       {"cpu", target.cpu},
                       {"features", target.features},
                       {"vector_bits", target.vectorBits},
                       {"level", target.level},
                       {"capability", target.capability},
                       {"runs_here", !isGpu(target) && runsOnHost(target)},
                       {"host", target.name == hostName()}});
  return targets.dump(2) + "\n";
}

static std::string targetsAsTable() {
  using Align = ResultTable::Align;
  ResultTable table({{"target", Align::Left},
                     {"vectors"},
                     {"level"},
                     {"runs here", Align::Left},
                     {"what it is", Align::Left}});
  for (const Target &target : listedTargets())
    table.addRow({target.name, std::to_string(target.vectorBits) + " bit",
                  std::to_string(target.level),
                  target.name == hostName() ? "yes (host)"
                  : isGpu(target)           ? "with a GPU"
                  : runsOnHost(target)      ? "yes"
                                            : "no",
                  target.description});
  return table.str();
}

void mobileone::addTargetsVerb(CLI::App &app, VerbAction &action) {
  auto json = std::make_shared<bool>(false);
  CLI::App *verb = addVerb(
      app, {"targets", "List the machines that code can be generated for",
            "[--json]",
            "Lists the values that --target takes. 'host' is the best one that "
            "this\nmachine runs. Several x86-64 levels, separated by commas, "
            "make one library\nthat chooses its level when it is loaded.",
            "mobileonec targets --json"});
  verb->add_flag("--json", *json, "Print JSON");
  verb->callback([json, &action] {
    action = [json] {
      return printResult(*json ? targetsAsJson() : targetsAsTable());
    };
  });
}
