//===- Progress.cpp - What a long verb is doing ---------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Progress.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <unistd.h>

using namespace mobileone;

static constexpr std::chrono::seconds kLineInterval(5);
static constexpr size_t kBarWidth = 24;
/// What fits a line of 80 columns beside bar, counts and times.
static constexpr size_t kTextWidth = 28;

static std::string cut(const std::string &text) {
  return text.size() <= kTextWidth ? text
                                   : text.substr(0, kTextWidth - 3) + "...";
}

void Progress::update(const std::string &newPhase, size_t done, size_t total,
                      const std::string &what) {
  Clock::time_point now = Clock::now();
  bool begins = newPhase != phase;
  if (begins) {
    phase = newPhase;
    phaseStart = now;
  }
  if (style == Style::Bar)
    return drawBar(done, total, what.empty() ? phase : what);
  if (!begins && now - lastLine < kLineInterval)
    return;
  lastLine = now;
  std::string steps = total ? fmt::format(" {}/{}", done, total) : "";
  fmt::print(stream, "{}{}{}{}\n", phase, steps, what.empty() ? "" : ": ",
             what);
}

void Progress::drawBar(size_t done, size_t total, const std::string &what) {
  std::string text = fmt::format("{:<{}}", cut(what), kTextWidth);
  if (total) {
    double elapsed =
        std::chrono::duration<double>(Clock::now() - phaseStart).count();
    size_t filled = kBarWidth * std::min(done, total) / total;
    text += fmt::format(" [{:#<{}}{:.<{}}] {}/{}", "", filled, "",
                        kBarWidth - filled, done, total);
    if (done && done < total)
      text += fmt::format(" {:.0f} s left", elapsed / done * (total - done));
  }
  fmt::print(stream, "\r\033[K{}", text);
  std::fflush(stream);
  barVisible = true;
}

void Progress::finish() {
  if (!barVisible)
    return;
  std::fputs("\r\033[K", stream);
  std::fflush(stream);
  barVisible = false;
}

Progress::Style mobileone::progressStyle(std::FILE *stream, bool plain) {
  const char *ci = std::getenv("CI");
  bool inCi = ci && *ci && std::string(ci) != "false" && std::string(ci) != "0";
  return !plain && !inCi && isatty(fileno(stream)) ? Progress::Style::Bar
                                                   : Progress::Style::Lines;
}
