//===- MachineState.cpp - What else this machine is busy with -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/MachineState.h"

#include <fmt/format.h>
#include <fstream>
#include <sched.h>

using namespace mobileone;

static std::string readCpuName(const std::string &root) {
  std::ifstream file(root + "/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.rfind("model name", 0) == 0 &&
        line.find(": ") != std::string::npos)
      return line.substr(line.find(": ") + 2);
  return "";
}

MachineState mobileone::readMachineState(const std::string &root) {
  MachineState state;
  state.cpu = readCpuName(root);
  cpu_set_t mask;
  if (!sched_getaffinity(0, sizeof(mask), &mask))
    state.processors = CPU_COUNT(&mask);
  std::ifstream(root +
                "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor") >>
      state.governor;
  if (!(std::ifstream(root + "/proc/loadavg") >> state.load))
    state.load = -1;
  return state;
}

std::vector<std::string>
mobileone::measurementWarnings(const MachineState &state, unsigned threads) {
  std::vector<std::string> warnings;
  if (!state.governor.empty() && state.governor != "performance")
    warnings.push_back(
        fmt::format("the CPU scales its clock (governor '{}'): times vary; "
                    "'cpupower frequency-set -g performance' stops that",
                    state.governor));
  if (state.processors && threads > state.processors)
    warnings.push_back(
        fmt::format("{} threads on {} processors: threads wait for each other",
                    threads, state.processors));
  // Half a processor of slack: the shell and this process itself.
  else if (state.processors && state.load + threads > state.processors + 0.5)
    warnings.push_back(fmt::format(
        "the machine is busy (load {:.1f} on {} processors): look at the "
        "minimum, not at the mean",
        state.load, state.processors));
  return warnings;
}
