//===- KernelBodies.h - Every kernel body on random shapes ---- -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_SCHEDULES_KERNELBODIES_H
#define MOBILEONE_TEST_SCHEDULES_KERNELBODIES_H

#include "RequestBuilder.h"

#include <random>
#include <vector>

namespace mobileone::schedules::testing {

/// A kind of kernel that networks are cut into.
struct KernelBody {
  const char *name;
  /// Fills the request of `builder`, with random small shapes.
  void (*make)(RequestBuilder &builder, std::mt19937 &random);
};

const std::vector<KernelBody> &kernelBodies();

} // namespace mobileone::schedules::testing

#endif // MOBILEONE_TEST_SCHEDULES_KERNELBODIES_H
