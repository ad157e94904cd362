//===- ChildProgram.h - Talks to a program ----------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TUNING_CHILDPROGRAM_H
#define MOBILEONE_TUNING_CHILDPROGRAM_H

#include <cstddef>
#include <string>
#include <vector>

namespace mobileone {

/// What a program said and how it ended.
struct ProgramResult {
  std::string problem; ///< Why it was not started, or "".
  bool timedOut = false;
  std::string end; ///< "it died: Aborted"; "" if it succeeded.
  std::string output, errors;
};

/// Runs `command`, a program and its arguments, with `input` as its input. It
/// is in a process group of its own, which is killed after `seconds`; it dies
/// with this process. At most `mostOutput` bytes of its output are kept.
ProgramResult runProgram(const std::vector<std::string> &command,
                         const std::string &input, double seconds,
                         size_t mostOutput);

/// The last line of `text` that says something.
std::string lastLine(std::string text);

} // namespace mobileone

#endif // MOBILEONE_TUNING_CHILDPROGRAM_H
