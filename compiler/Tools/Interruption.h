//===- Interruption.h - Ctrl-C leaves nothing behind ------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// SIGINT, SIGTERM and SIGHUP end the process with exit code 8, and what it has
// half written is gone. A signal handler can do next to nothing safely, so it
// wakes a thread that does the rest.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_INTERRUPTION_H
#define MOBILEONE_TOOLS_INTERRUPTION_H

#include <exception>
#include <string>

namespace mobileone {

/// Call once, before other threads start. A signal that is ignored, as under
/// nohup, stays so.
void handleInterruptions();

/// Thrown by `throwIfInterrupted`.
struct Interrupted : std::exception {
  const char *what() const noexcept override { return "interrupted"; }
};

/// While such an object lives, an interruption does not end the process but
/// waits for a call of `throwIfInterrupted`, so that the stack unwinds and
/// takes half-written files with it. A second signal ends the process at once.
class UnwindOnInterruption {
public:
  UnwindOnInterruption();
  ~UnwindOnInterruption();
  UnwindOnInterruption(const UnwindOnInterruption &) = delete;
  UnwindOnInterruption &operator=(const UnwindOnInterruption &) = delete;
};

void throwIfInterrupted();

/// A folder that vanishes with the object and on interruption.
class TemporaryFolder {
public:
  /// Makes a new folder in the system's place for temporary files; `path` is
  /// empty where that fails.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  const std::string &path() const { return folder; }

private:
  std::string folder;
};

} // namespace mobileone

#endif // MOBILEONE_TOOLS_INTERRUPTION_H
