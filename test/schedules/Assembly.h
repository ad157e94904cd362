//===- Assembly.h - Loops in a kernel's assembly ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_SCHEDULES_ASSEMBLY_H
#define MOBILEONE_TEST_SCHEDULES_ASSEMBLY_H

#include "RequestBuilder.h"

#include <string>
#include <vector>

namespace mobileone::schedules::testing {

using Lines = std::vector<std::string>;

/// What Halide makes of `request` by the schedule that serves it.
Lines assemble(const KernelRequest &request);

/// Bodies of loops that have no loop inside, from label to backward jump.
std::vector<Lines> innermostLoops(const Lines &lines);

/// Lines with both texts.
int count(const Lines &lines, const std::string &first,
          const std::string &second = "");

/// A depthwise convolution of 3x3 and a pointwise one.
KernelRequest blockRequest(const char *machine, int channels, int size,
                           int outputs);

} // namespace mobileone::schedules::testing

#endif // MOBILEONE_TEST_SCHEDULES_ASSEMBLY_H
