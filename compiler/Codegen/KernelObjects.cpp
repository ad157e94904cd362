//===- KernelObjects.cpp - Kernels as object files of their own -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/KernelObjects.h"

#include "compiler/Codegen/ChildProcesses.h"
#include "compiler/Codegen/LibraryModule.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

using namespace mobileone;

/// In the child: Halide's bitcode goes through the file of the result.
static std::string compileObject(const KernelJob &job, const Target &target,
                                 const std::string &path) {
  std::string problem = writeKernelBitcode(job, path);
  if (!problem.empty())
    return problem;
  auto bitcode = llvm::MemoryBuffer::getFile(path);
  if (!bitcode)
    return "no bitcode: " + bitcode.getError().message();
  DiagnosticList diagnostics;
  std::unique_ptr<llvm::TargetMachine> machine =
      createTargetMachine(target, diagnostics);
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> module;
  if (machine)
    module = buildKernelModule(job, (*bitcode)->getBuffer().str(), target,
                               *machine, context, diagnostics);
  std::optional<std::string> object;
  if (module)
    object =
        emitMachineCode(*module, *machine, /*assembly=*/false, diagnostics);
  if (!object)
    return diagnostics.str();
  std::error_code error;
  llvm::raw_fd_ostream stream(path, error);
  if (!error)
    stream << *object;
  stream.close();
  bool failed = error || stream.has_error();
  stream.clear_error();
  return failed ? "the object cannot be written" : "";
}

std::vector<KernelObject> mobileone::compileKernelObjects(
    const std::vector<KernelJob> &jobs, const Target &target, unsigned parallel,
    unsigned limit, const KernelProgress &progress) {
  std::vector<ChildTask> tasks;
  for (const KernelJob &job : jobs)
    tasks.push_back([&job, &target, limit](const std::string &path) {
      alarm(limit);
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      return compileObject(job, target, path);
    });
  std::vector<KernelObject> objects;
  for (ChildResult &result : runInChildren(tasks, parallel, progress))
    objects.push_back(result.succeeded
                          ? KernelObject{std::move(result.output), ""}
                          : KernelObject{"", std::move(result.output)});
  return objects;
}
