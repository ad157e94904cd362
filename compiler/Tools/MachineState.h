//===- MachineState.h - What else this machine is busy with -----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_MACHINESTATE_H
#define MOBILEONE_TOOLS_MACHINESTATE_H

#include <string>
#include <vector>

namespace mobileone {

/// What Linux tells about the machine; fields stay empty or negative where it
/// does not.
struct MachineState {
  std::string cpu;         ///< "AMD EPYC 9R14".
  unsigned processors = 0; ///< That the process may use.
  std::string governor;    ///< Of the first processor: "powersave".
  double load = -1;        ///< Running tasks, average of the last minute.
};

/// `root` stands before /proc and /sys; for tests.
MachineState readMachineState(const std::string &root = "");

/// Why latencies measured with `threads` threads may not be what the machine
/// can do; empty where nothing speaks against them.
std::vector<std::string> measurementWarnings(const MachineState &state,
                                             unsigned threads);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_MACHINESTATE_H
