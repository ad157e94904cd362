//===- KernelRunner.h - Runs a kernel and its reference ---------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_TEST_SCHEDULES_KERNELRUNNER_H
#define MOBILEONE_TEST_SCHEDULES_KERNELRUNNER_H

#include "schedules/Schedule.h"

#include <random>
#include <string>
#include <vector>

namespace mobileone::schedules::testing {

/// Logical values [y][x][channel].
using Values = std::vector<double>;

/// What a request computes, by plain loops in double.
/// \param inputs per request input; \param weights per weight operand, as
/// [output][input][tap].
std::vector<Values> computeReference(const KernelRequest &request,
                                     const std::vector<Values> &inputs,
                                     const std::vector<Values> &weights);

/// A compiled kernel: model_abi.h's mobileone_kernel.
using KernelFunction = int32_t (*)(void **arguments);

/// Compiles `request` with `schedule`, or takes `function` for it, runs all
/// tiles, last first, on random data, and returns what is wrong with the
/// outputs: values, padding that is not zero, memory that is not the kernel's.
/// Empty if all is well. Floats of the inputs are within +-`magnitude`.
std::string runAndCompare(const KernelRequest &request,
                          const Schedule &schedule, unsigned seed,
                          KernelFunction function = nullptr,
                          double magnitude = 1);

/// Machines like those of the compiler's device list. Null where this machine
/// cannot run the code.
KernelRequest requestFor(const std::string &machine);
bool canRun(const Machine &machine);

} // namespace mobileone::schedules::testing

#endif // MOBILEONE_TEST_SCHEDULES_KERNELRUNNER_H
