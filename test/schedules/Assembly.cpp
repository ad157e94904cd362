//===- Assembly.cpp - Loops in a kernel's assembly ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"

#include "schedules/HalideKernel.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <unistd.h>

namespace mobileone::schedules::testing {

Lines assemble(const KernelRequest &request) {
  const Schedule *schedule = selectSchedule(request);
  HalideKernel kernel;
  schedule->build(request, schedule->layout(request), kernel);
  // Tests run at the same time, each in a process.
  std::string path =
      ::testing::TempDir() + "/assembly_" + std::to_string(getpid()) + ".s";
  kernel.pipeline.compile_to(
      {{Halide::OutputFileType::assembly, path}}, kernel.arguments, "kernel",
      Halide::Target(request.machine.halideTarget +
                     "-no_runtime-no_asserts-no_bounds_query"));
  std::ifstream file(path);
  Lines lines;
  for (std::string line; std::getline(file, line);)
    lines.push_back(line);
  std::remove(path.c_str());
  return lines;
}

/// The label that a jump goes to, or "".
static std::string targetOf(const std::string &line) {
  std::istringstream words(line);
  std::string mnemonic;
  words >> mnemonic;
  // x86's jumps, and those of arm64: b.ne, cbnz, tbz.
  bool isJump = mnemonic[0] == 'j' || mnemonic.rfind("b.", 0) == 0 ||
                mnemonic.rfind("cb", 0) == 0 || mnemonic.rfind("tb", 0) == 0;
  size_t label = line.find(".LBB");
  return isJump && label != std::string::npos ? line.substr(label) : "";
}

std::vector<Lines> innermostLoops(const Lines &lines) {
  std::map<std::string, size_t> labels;
  std::vector<Lines> loops;
  size_t lastEnd = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string &line = lines[i];
    if (line.rfind(".LBB", 0) == 0)
      labels[line.substr(0, line.find(':'))] = i;
    auto found = line[0] == '\t' ? labels.find(targetOf(line)) : labels.end();
    if (found == labels.end())
      continue;
    if (found->second >= lastEnd)
      loops.emplace_back(lines.begin() + found->second, lines.begin() + i + 1);
    lastEnd = i;
  }
  return loops;
}

int count(const Lines &lines, const std::string &first,
          const std::string &second) {
  int number = 0;
  for (const std::string &line : lines)
    number += line.find(first) != std::string::npos &&
              line.find(second) != std::string::npos;
  return number;
}

KernelRequest blockRequest(const char *machine, int channels, int size,
                           int outputs) {
  RequestBuilder builder(machine);
  int value = builder.input({channels, size, size}, 1);
  value = builder.depthwise(value, 3, 1);
  builder.output(builder.conv(value, outputs, 1, 1), 1);
  return builder.request;
}

} // namespace mobileone::schedules::testing
