//===- KernelCppTests.cpp - Printed kernels compile and compute -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Every kernel body is printed, compiled by each C++ compiler of the machine
// with warnings as errors, and compared with plain loops.
//
//===----------------------------------------------------------------------===//

#include "KernelBodies.h"
#include "compiler/Codegen/Cpp/KernelCpp.h"
#include "test/Support/TemporaryFolder.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <fstream>

using namespace mobileone;
using namespace mobileone::schedules;
using namespace mobileone::schedules::testing;

namespace {

struct Compiler {
  const char *name;
  const char *command;
};
const Compiler compilers[] = {{"gcc", "g++"}, {"clang", MOBILEONE_CLANG}};

std::string levelFlag(const std::string &machine) {
  return machine == "generic" ? "-march=x86-64" : "-march=" + machine;
}

struct Case {
  KernelRequest request;
  const Schedule *schedule;
  std::string functionName;
};

std::vector<Case> makeCases(const std::string &machine) {
  std::vector<Case> cases;
  unsigned seeds = std::getenv("MOBILEONE_FULL_TESTS") ? 12 : 1;
  for (const KernelBody &body : kernelBodies())
    for (unsigned seed = 0; seed < seeds; ++seed) {
      std::mt19937 random(seed);
      RequestBuilder builder(machine);
      body.make(builder, random);
      builder.request.name = body.name + std::to_string(seed);
      cases.push_back({builder.request, selectSchedule(builder.request),
                       builder.request.name});
    }
  return cases;
}

struct KernelCppTest
    : ::testing::TestWithParam<std::tuple<Compiler, std::string>> {};

TEST_P(KernelCppTest, AgreesWithPlainLoops) {
  const auto &[compiler, machine] = GetParam();
  if (std::system(
          (std::string(compiler.command) + " --version > /dev/null 2>&1")
              .c_str()))
    GTEST_SKIP() << "no " << compiler.command;
  if (!canRun(requestFor(machine).machine))
    GTEST_SKIP() << "this machine cannot run " << machine;
  TemporaryFolder folder;
  std::string sources;
  std::vector<Case> cases = makeCases(machine);
  for (const Case &test : cases) {
    DiagnosticList diagnostics;
    auto text = printKernelCpp(
        test.request, test.schedule->layout(test.request),
        {"vector.h", "printed", test.functionName, "layers"}, diagnostics);
    ASSERT_TRUE(text) << diagnostics.str();
    std::string file = folder.file(test.functionName + ".cpp");
    std::ofstream(file) << *text;
    sources += " " + file;
  }
  std::string library = folder.file("kernels.so");
  std::string source = MOBILEONE_SOURCE_FOLDER;
  std::string command = std::string(compiler.command) +
                        " -std=c++17 -O2 -ffp-contract=fast -Wall -Wextra "
                        "-Werror -shared -fPIC -I" +
                        source + "/compiler/Codegen/Cpp/support -I" + source +
                        "/runtime/include " + levelFlag(machine) + " -o " +
                        library + sources;
  ASSERT_EQ(std::system(command.c_str()), 0);
  void *handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(handle, nullptr) << dlerror();
  for (const Case &test : cases) {
    std::string mangled = "_ZN7printed" +
                          std::to_string(test.functionName.size()) +
                          test.functionName + "EPPv";
    void *symbol = dlsym(handle, mangled.c_str());
    ASSERT_NE(symbol, nullptr) << mangled;
    EXPECT_EQ(runAndCompare(test.request, *test.schedule, 7,
                            reinterpret_cast<KernelFunction>(symbol)),
              "")
        << test.schedule->name;
  }
  dlclose(handle);
}

INSTANTIATE_TEST_SUITE_P(
    Levels, KernelCppTest,
    ::testing::Combine(::testing::ValuesIn(compilers),
                       ::testing::Values("generic", "x86-64-v3", "x86-64-v4")),
    [](const auto &info) {
      std::string machine = std::get<1>(info.param);
      for (char &c : machine)
        c = c == '-' ? '_' : c;
      return std::get<0>(info.param).name + ("_" + machine);
    });

} // namespace
