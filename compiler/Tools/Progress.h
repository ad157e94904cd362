//===- Progress.h - What a long verb is doing -------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_PROGRESS_H
#define MOBILEONE_TOOLS_PROGRESS_H

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>

namespace mobileone {

/// Shows progress on one line of a terminal that is drawn again and again, or
/// as plain lines, one per phase and then at most one every few seconds.
class Progress {
public:
  enum class Style { Bar, Lines };

  Progress(std::FILE *stream, Style style) : stream(stream), style(style) {}
  ~Progress() { finish(); }
  Progress(const Progress &) = delete;
  Progress &operator=(const Progress &) = delete;

  /// Step `done` of `total` of `phase` is being worked on: `what`. A phase
  /// without steps has a `total` of 0.
  void update(const std::string &phase, size_t done, size_t total,
              const std::string &what);

  /// Takes the bar away, so that other text can follow.
  void finish();

private:
  using Clock = std::chrono::steady_clock;

  void drawBar(size_t done, size_t total, const std::string &what);

  std::FILE *stream;
  Style style;
  std::string phase;
  Clock::time_point phaseStart, lastLine;
  bool barVisible = false;
};

/// A bar where `stream` is a terminal, `plain` is false and the environment
/// does not say CI.
Progress::Style progressStyle(std::FILE *stream, bool plain);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_PROGRESS_H
