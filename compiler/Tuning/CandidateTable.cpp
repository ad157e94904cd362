//===- CandidateTable.cpp - Source of a table of candidates ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/CandidateTable.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

using namespace mobileone;

/// {"pixels":7} as a string of C++.
static std::string printParameters(const Assignment &assignment) {
  return fmt::format("R\"({})\"", nlohmann::ordered_json(assignment).dump());
}

static std::string printKernels(const CandidateNetwork &network,
                                const std::string &prefix) {
  std::string steps, kernels;
  for (size_t i = 0; i < network.kernels.size(); ++i) {
    const TunableKernel &kernel = *network.kernels[i];
    steps += fmt::format("static const uint32_t {}_steps_{}[] = {{{}}};\n",
                         prefix, i, fmt::join(kernel.steps, ", "));
    kernels += fmt::format("    {{\"{}\", \"{}\", \"{}\", {}_steps_{}, {}}},\n",
                           kernel.hash, kernel.name, kernel.schedule->name,
                           prefix, i, kernel.steps.size());
  }
  return fmt::format("{}static const mobileone_tune_kernel {}_kernels[] = {{\n"
                     "{}}};\n",
                     steps, prefix, kernels);
}

static std::string printRounds(const CandidateNetwork &network,
                               const std::string &prefix) {
  std::string choices, rounds;
  for (const NamedCandidate &round : network.rounds) {
    choices += fmt::format("static const mobileone_tune_choice {}_choices[] = "
                           "{{\n",
                           round.name);
    for (size_t i = 0; i < network.kernels.size(); ++i)
      if (auto found = round.assignments.find(network.kernels[i]->hash);
          found != round.assignments.end())
        choices +=
            fmt::format("    {{{}, {}}},\n", i, printParameters(found->second));
    choices += "};\n";
    rounds += fmt::format("    {{&{0}, {0}_choices, {1}}},\n", round.name,
                          round.assignments.size());
  }
  return fmt::format("{}static const mobileone_tune_round {}_rounds[] = {{\n"
                     "{}}};\n",
                     choices, prefix, rounds);
}

std::string
mobileone::printCandidateTable(const std::vector<CandidateNetwork> &networks,
                               const TuneLogHeader &header) {
  std::string models, tables, list;
  for (const CandidateNetwork &network : networks) {
    const std::string &prefix = network.standard.name;
    models += fmt::format("extern const mobileone_model {};\n", prefix);
    for (const NamedCandidate &round : network.rounds)
      models += fmt::format("extern const mobileone_model {};\n", round.name);
    tables += printKernels(network, prefix) + printRounds(network, prefix);
    list +=
        fmt::format("    {{\"{0}\", &{1}, {1}_kernels, {1}_rounds, {2}}},\n",
                    network.name, prefix, network.rounds.size());
  }
  return fmt::format(
      "// Written by mobileonec tune --emit-app.\n"
      "#include \"../phone/CandidateTable.h\"\n\n"
      "extern \"C\" {{\n{}}}\n\n{}"
      "static const mobileone_tune_network networks[] = {{\n{}}};\n\n"
      "const mobileone_tune_table mobileone_tune_table_of_program = {{\n"
      "    {}, {}, \"{}\", {}, networks, {}}};\n",
      models, tables, list, kTuneLogVersion, schedules::parametersVersion,
      header.target, header.threads, networks.size());
}
