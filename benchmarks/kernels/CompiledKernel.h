//===- CompiledKernel.h - A kernel ready to be called -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_BENCHMARKS_KERNELS_COMPILEDKERNEL_H
#define MOBILEONE_BENCHMARKS_KERNELS_COMPILEDKERNEL_H

#include "schedules/Schedule.h"

#include <string>

struct CompiledKernel {
  mobileone::schedules::KernelRequest request;
  mobileone::schedules::KernelLayout layout;
  int (*function)(void **arguments) = nullptr;
};

/// Compiles as a model library does: Halide's bitcode, then LLVM 22's code
/// generator. Leaves <name>.s, <name>.bc and <name>.so in `folder`; exits with
/// a message if a tool fails.
CompiledKernel compileKernel(const mobileone::schedules::KernelRequest &request,
                             const std::string &name,
                             const std::string &folder);

#endif // MOBILEONE_BENCHMARKS_KERNELS_COMPILEDKERNEL_H
