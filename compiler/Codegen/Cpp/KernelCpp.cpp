//===- KernelCpp.cpp - A kernel as a C++ source file ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Cpp/KernelCpp.h"

#include "compiler/Codegen/Cpp/LoweredKernel.h"
#include "compiler/Codegen/Cpp/UnsupportedIr.h"
#include "schedules/HalideKernel.h"

#include <fmt/format.h>

using namespace mobileone::schedules;

namespace mobileone {

static std::string print(const KernelRequest &request,
                         const KernelLayout &layout,
                         const CppKernelFrame &frame) {
  const Schedule *schedule = findSchedule(layout.schedule);
  if (!schedule)
    throw UnsupportedIr("the schedule does not exist");
  HalideKernel kernel;
  schedule->build(request, layout, kernel);
  Halide::Target target =
      withoutHalideRuntime(Halide::Target(request.machine.halideTarget));
  Halide::Module module = kernel.pipeline.compile_to_module(
      kernel.arguments, frame.functionName, target);
  LoweredKernelText text;
  text.comment = frame.layers + "\n\n" + describeKernel(request, layout);
  text.argumentNames = kernelArgumentNames(request, layout);
  for (const Halide::Internal::LoweredFunc &function : module.functions())
    if (function.name == frame.functionName)
      return printLoweredKernel(function, frame, text);
  throw UnsupportedIr("lowering made no function of the kernel's name");
}

std::optional<std::string> printKernelCpp(const KernelRequest &request,
                                          const KernelLayout &layout,
                                          const CppKernelFrame &frame,
                                          DiagnosticList &diagnostics) {
  std::string problem;
  try {
    return print(request, layout, frame);
  } catch (const Halide::Error &error) {
    problem = error.what();
  } catch (const UnsupportedIr &error) {
    problem = error.what();
  }
  diagnostics.error(
      ErrorKind::Internal,
      fmt::format("kernel {} (schedule {})", request.name, layout.schedule),
      "cannot be printed as C++: " + problem,
      "--emit library does not need C++");
  return std::nullopt;
}

} // namespace mobileone
