//===- main.cpp - Measures all candidates, without an app -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   mobileone-tune LOG [SECONDS [PASSES]]
//
// What the app does, for a board or an emulator: measures every candidate
// PASSES times (2) for SECONDS (1), writes LOG, shows progress on stderr.
//
//===----------------------------------------------------------------------===//

#include "TuneRun.h"

#include <cstdio>
#include <cstdlib>

static int showProgress(void *, const char *network, uint32_t done,
                        uint32_t total) {
  std::fprintf(stderr, "%u/%u %s\n", done, total, network);
  return 1;
}

int main(int count, char **words) {
  if (count < 2 || count > 4) {
    std::fputs("usage: mobileone-tune LOG [SECONDS [PASSES]]\n", stderr);
    return 2;
  }
  double seconds = count > 2 ? std::atof(words[2]) : 1;
  int passes = count > 3 ? std::atoi(words[3]) : 2;
  if (!(seconds >= 0) || passes < 1) {
    std::fputs("SECONDS may not be negative, PASSES must be 1 or more\n",
               stderr);
    return 2;
  }
  mobileone_tune_options options = {words[1], seconds, uint32_t(passes),
                                    showProgress, nullptr};
  char problem[512];
  if (mobileone_tune_run(&options, problem, sizeof(problem)) ==
      MOBILEONE_TUNE_FAILED) {
    std::fprintf(stderr, "error: %s\n", problem);
    return 1;
  }
  return 0;
}
