//===- HalideErrors.h - What Halide reports, as text ------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_HALIDEERRORS_H
#define MOBILEONE_CODEGEN_HALIDEERRORS_H

#include <functional>
#include <string>

namespace mobileone {

/// Does `work`, which may use Halide. What it throws and what Halide reports
/// becomes the result, which is empty if all went well. Warnings are dropped.
std::string withHalideErrors(const std::function<void()> &work);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_HALIDEERRORS_H
