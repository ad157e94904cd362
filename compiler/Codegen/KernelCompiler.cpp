//===- KernelCompiler.cpp - Kernels to LLVM bitcode -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/KernelCompiler.h"

#include "compiler/Codegen/HalideErrors.h"
#include "schedules/HalideKernel.h"

#include <stdexcept>

using namespace mobileone;

/// Kernels call no Halide runtime, and their callers pass what the request
/// says, so nothing is checked at run time.
static Halide::Target halideTarget(const schedules::Machine &machine) {
  return Halide::Target(machine.halideTarget +
                        "-no_runtime-no_asserts-no_bounds_query");
}

static Halide::Module lower(const KernelJob &job) {
  schedules::HalideKernel kernel;
  job.schedule->build(job.request, job.layout, kernel);
  return kernel.pipeline.compile_to_module(
      kernel.arguments, job.symbol, halideTarget(job.request.machine),
      Halide::LinkageType::ExternalPlusArgv);
}

namespace {
/// Keeps Halide's hints about emulated types to itself.
struct ErrorReporter : Halide::CompileTimeErrorReporter {
  void warning(const char *) override {}
  void error(const char *message) override {
    throw std::runtime_error(message);
  }
};
} // namespace

std::string mobileone::withHalideErrors(const std::function<void()> &work) {
  ErrorReporter reporter;
  Halide::set_custom_compile_time_error_reporter(&reporter);
  std::string problem;
  try {
    work();
  } catch (const Halide::Error &error) {
    problem = error.what();
  } catch (const std::exception &error) {
    problem = error.what();
  }
  Halide::set_custom_compile_time_error_reporter(nullptr);
  return problem;
}

std::string mobileone::writeKernelBitcode(const KernelJob &job,
                                          const std::string &path) {
  return withHalideErrors(
      [&] { lower(job).compile({{Halide::OutputFileType::bitcode, path}}); });
}

bool mobileone::collectKernels(const std::vector<KernelJob> &jobs,
                               std::vector<ChildResult> results,
                               std::vector<std::string> &outputs,
                               DiagnosticList &diagnostics) {
  bool failed = false;
  for (size_t i = 0; i < jobs.size(); ++i) {
    if (!results[i].succeeded) {
      diagnostics.error(ErrorKind::Internal,
                        "kernel " + jobs[i].request.name + " (schedule " +
                            jobs[i].layout.schedule + ")",
                        "code generation failed: " + results[i].output,
                        "its request:\n" + print(jobs[i].request));
      failed = true;
    }
    outputs.push_back(std::move(results[i].output));
  }
  return !failed;
}

std::optional<std::vector<std::string>>
mobileone::compileKernels(const std::vector<KernelJob> &jobs, unsigned parallel,
                          const KernelProgress &progress,
                          DiagnosticList &diagnostics) {
  std::vector<ChildTask> tasks;
  for (const KernelJob &job : jobs)
    tasks.push_back([&job](const std::string &path) {
      return writeKernelBitcode(job, path);
    });
  std::vector<std::string> bitcode;
  if (!collectKernels(jobs, runInChildren(tasks, parallel, progress), bitcode,
                      diagnostics))
    return std::nullopt;
  return bitcode;
}

std::string mobileone::halideVersion() {
  return std::to_string(HALIDE_VERSION_MAJOR) + "." +
         std::to_string(HALIDE_VERSION_MINOR) + "." +
         std::to_string(HALIDE_VERSION_PATCH);
}
