//===- ChildProcesses.h - Work in child processes -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CHILDPROCESSES_H
#define MOBILEONE_CODEGEN_CHILDPROCESSES_H

#include <functional>
#include <string>
#include <vector>

namespace mobileone {

/// How a child ended.
struct ChildResult {
  bool succeeded = false;
  /// The file that the task was to write, or, after a failure, what went wrong:
  /// what the task reported, or how the child died and what it printed.
  std::string output;
};

/// Writes its result to the file `path`. Returns an error message, or "".
using ChildTask = std::function<std::string(const std::string &path)>;

/// Runs each task in a forked child, `parallel` at a time (0: one per hardware
/// thread), and calls `progress` as they end. Results are in the tasks' order
/// and travel through memory, not over a disk. What a child prints is kept from
/// the terminal. If `progress` throws, the children that still run are ended.
std::vector<ChildResult>
runInChildren(const std::vector<ChildTask> &tasks, unsigned parallel,
              const std::function<void(unsigned done)> &progress);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CHILDPROCESSES_H
