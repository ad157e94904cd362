//===- CompiledKernel.cpp - A kernel ready to be called -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "CompiledKernel.h"

#include "schedules/HalideKernel.h"

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>

using namespace mobileone::schedules;

static void runTool(const std::string &command) {
  if (std::system(command.c_str()) == 0)
    return;
  std::fprintf(stderr, "failed: %s\n", command.c_str());
  std::exit(7);
}

CompiledKernel compileKernel(const KernelRequest &request,
                             const std::string &name,
                             const std::string &folder) {
  CompiledKernel compiled{request, {}, nullptr};
  const Schedule *schedule = selectSchedule(request);
  compiled.layout = schedule->layout(request);
  HalideKernel kernel;
  schedule->build(request, compiled.layout, kernel);
  std::string path = folder + "/" + name;
  kernel.pipeline.compile_to(
      {{Halide::OutputFileType::bitcode, path + ".bc"}}, kernel.arguments, name,
      Halide::Target(request.machine.halideTarget +
                     "-no_runtime-no_asserts-no_bounds_query"));
  std::string tools = LLVM_TOOLS;
  // Prefetches go where the compiler's code generation sends them.
  runTool(tools + "/llc -O3 --relocation-model=pic " + path + ".bc -o - | " +
          "sed s/prefetchnta/prefetcht1/ > " + path + ".s");
  runTool(tools + "/clang -shared -fPIC " + path + ".s -o " + path + ".so");
  void *library = dlopen((path + ".so").c_str(), RTLD_NOW | RTLD_LOCAL);
  void *symbol = library ? dlsym(library, (name + "_argv").c_str()) : nullptr;
  if (!symbol) {
    std::fprintf(stderr, "%s\n", dlerror());
    std::exit(7);
  }
  compiled.function = reinterpret_cast<int (*)(void **)>(symbol);
  return compiled;
}
