//===- LogWriter.h - Measurements as JSON lines -----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_PHONE_LOGWRITER_H
#define MOBILEONE_RUNTIME_TOOLS_PHONE_LOGWRITER_H

#include "../measure/Timing.h"
#include "CandidateTable.h"

#include <chrono>
#include <cstdio>
#include <string>

namespace mobileone::tune {

/// The times of a kernel's steps together.
struct KernelTimes {
  unsigned runs = 0;
  measure::Time candidate, standard;
};

/// Writes what the compiler's TuneLog reads.
class LogWriter {
public:
  LogWriter() = default;
  ~LogWriter();
  LogWriter(const LogWriter &) = delete;
  LogWriter &operator=(const LogWriter &) = delete;

  /// Makes the file at `path` and its first line. Whether that worked.
  bool open(const char *path, const mobileone_tune_table &table);

  /// A line for one choice: its times, or why it has none, "wrong" or
  /// "crashed". Whether it is on disk.
  bool addTimes(const mobileone_tune_network &network,
                const mobileone_tune_choice &choice, const KernelTimes &times);
  bool addFailure(const mobileone_tune_network &network,
                  const mobileone_tune_choice &choice, const char *result,
                  const std::string &message);

private:
  bool add(const mobileone_tune_network &network,
           const mobileone_tune_choice &choice, const std::string &rest);

  std::FILE *file = nullptr;
  std::chrono::steady_clock::time_point start =
      std::chrono::steady_clock::now();
};

} // namespace mobileone::tune

#endif // MOBILEONE_RUNTIME_TOOLS_PHONE_LOGWRITER_H
