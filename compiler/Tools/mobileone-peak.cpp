//===- mobileone-peak.cpp - Samples the machine's FMA peak ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Serves the line protocol of benchmarks/peers/protocol.py, so that the peak of
// one thread can be sampled in turns with the engines that are compared: after
// "ready", "run COUNT" is answered by a line with COUNT figures in GFLOP/s.
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/MachinePeak.h"

#include <iostream>

int main() {
  using namespace mobileone;
  PeakProbe probe = availablePeakProbes().front();
  samplePeak(probe);
  std::cout << "ready" << std::endl;
  std::string verb;
  int count = 0;
  while (std::cin >> verb >> count && verb == "run") {
    for (int sample = 0; sample < count; ++sample)
      std::cout << (sample ? " " : "") << samplePeak(probe);
    std::cout << std::endl;
  }
  return std::cin.eof() ? 0 : 2;
}
