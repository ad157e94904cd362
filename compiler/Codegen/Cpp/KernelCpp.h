//===- KernelCpp.h - A kernel as a C++ source file ------------ -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CPP_KERNELCPP_H
#define MOBILEONE_CODEGEN_CPP_KERNELCPP_H

#include "compiler/Support/Diagnostics.h"
#include "schedules/Schedule.h"

#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// Where a printed kernel goes.
struct CppKernelFrame {
  std::string supportHeader; ///< Included with quotes.
  std::string nameSpace;     ///< "digits::x86_64_v3".
  std::string functionName;  ///< `int32_t functionName(void **arguments)`.
  std::string layers;        ///< "stage1.0+stage1.1", or of several steps.
};

/// The source file of the kernel that the layout's schedule makes of `request`:
/// C++17 for GCC 12 and Clang over the functions of support/vector.h. Equal
/// requests give equal texts, whatever was printed before. Reports an Internal
/// error where the lowered kernel has something without a sure translation.
std::optional<std::string>
printKernelCpp(const schedules::KernelRequest &request,
               const schedules::KernelLayout &layout,
               const CppKernelFrame &frame, DiagnosticList &diagnostics);

/// What stands at the top of the kernel's file: operations, buffers with their
/// shapes and layouts, the schedule and its parameters.
std::string describeKernel(const schedules::KernelRequest &request,
                           const schedules::KernelLayout &layout);

/// Names for the kernel's arguments, in order, that say what they hold:
/// "input", "depthwise_filter", "depthwise_rows", "output".
std::vector<std::string>
kernelArgumentNames(const schedules::KernelRequest &request,
                    const schedules::KernelLayout &layout);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CPP_KERNELCPP_H
