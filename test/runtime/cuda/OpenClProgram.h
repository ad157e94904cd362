//===- OpenClProgram.h - Kernels in OpenCL C --------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_RUNTIME_CUDA_OPENCLPROGRAM_H
#define MOBILEONE_TEST_RUNTIME_CUDA_OPENCLPROGRAM_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace mobileone::standin {

/// Memory that kernels may be given the address of: shared virtual memory.
void *allocateShared(size_t bytes);
void freeShared(void *memory);

/// An argument's value: its bytes, or where it begins.
using KernelArguments = std::vector<uint64_t>;

/// A kernel of a program. Arguments are, in order, addresses of shared memory,
/// numbers, and local memory, which takes no argument of a launch.
class OpenClKernel {
public:
  virtual ~OpenClKernel() = default;
  /// How many arguments a launch passes.
  virtual size_t argumentCount() const = 0;
  /// Runs the kernel to its end. Returns what went wrong, or "".
  virtual std::string run(const unsigned grid[3], const unsigned block[3],
                          unsigned sharedBytes,
                          const KernelArguments &arguments) = 0;
};

class OpenClProgram {
public:
  virtual ~OpenClProgram() = default;
  /// Null if there is no such kernel.
  virtual OpenClKernel *kernel(const std::string &name) = 0;
};

/// Whether there is a platform with a device that shares memory.
bool hasOpenClPlatform();

/// The program of `source`, the same one for the same text, which lives as long
/// as the process: PoCL 3.1 counts what it unloads wrong. Null after a failure,
/// with what the compiler says in `log`.
OpenClProgram *buildOpenCl(const char *source, std::string &log);

} // namespace mobileone::standin

#endif // MOBILEONE_TEST_RUNTIME_CUDA_OPENCLPROGRAM_H
