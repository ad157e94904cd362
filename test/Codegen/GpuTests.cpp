//===- GpuTests.cpp - Code for GPUs ---------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RequestBuilder.h"
#include "compiler/Codegen/Gpu/GpuProgram.h"
#include "compiler/Codegen/Gpu/LaunchReader.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <cstdlib>
#include <set>

using namespace mobileone;
using namespace mobileone::schedules;
using mobileone::schedules::testing::RequestBuilder;
using ::testing::HasSubstr;

namespace {

KernelJob jobOf(RequestBuilder &builder, const std::string &symbol) {
  KernelJob job;
  job.request = builder.request;
  job.schedule = selectSchedule(job.request);
  job.layout = job.schedule->layout(job.request);
  job.symbol = symbol;
  return job;
}

/// A block whose row sums are a launch of their own.
KernelJob blockJob(const std::string &machine, const std::string &symbol) {
  RequestBuilder builder(machine);
  int value = builder.depthwise(builder.input({32, 14, 14}), 3, 1);
  value = builder.conv(value, 64, 1, 1);
  builder.output(value);
  builder.output(builder.rowSums(value));
  builder.request.images = 3;
  return jobOf(builder, symbol);
}

TEST(DeviceKernels, LaunchesAreConstantsAndOperands) {
  KernelJob job = blockJob("cuda", "block");
  DeviceKernel kernel = compileDeviceKernel(job);
  ASSERT_EQ(kernel.launches.size(), 2u);
  const Launch &product = kernel.launches[0], &sums = kernel.launches[1];
  EXPECT_EQ(product.entry, "block_0");
  EXPECT_EQ(sums.entry, "block_1");
  for (const Launch &launch : kernel.launches)
    EXPECT_THAT(kernel.code,
                HasSubstr(".visible .entry " + launch.entry + "("));
  EXPECT_EQ(product.grid[2], 3u) << "images";
  EXPECT_GT(product.sharedBytes, 0u);
  // Input, four weights, result; result and sums.
  std::set<int32_t> operands;
  for (const mobileone_launch_argument &argument : product.arguments) {
    EXPECT_EQ(argument.bytes, 8u);
    operands.insert(argument.operand);
  }
  EXPECT_EQ(operands, (std::set<int32_t>{0, 1, 2, 3, 4, 5}));
  operands = {};
  for (const mobileone_launch_argument &argument : sums.arguments)
    operands.insert(argument.operand);
  EXPECT_EQ(operands, (std::set<int32_t>{5, 6}));
}

TEST(DeviceKernels, SmallHiddenLayers) {
  RequestBuilder builder("cuda");
  builder.output(builder.excite(builder.input({48, 1, 4}), 3, 16));
  DeviceKernel kernel = compileDeviceKernel(jobOf(builder, "excite"));
  ASSERT_EQ(kernel.launches.size(), 1u);
  // What the exponential has for infinity is a constant of the launch.
  const mobileone_launch_argument &last = kernel.launches[0].arguments.back();
  EXPECT_EQ(last.operand, -1);
  EXPECT_EQ(last.bytes, 4u);
  EXPECT_EQ(last.value, 0x7f800000u);
}

TEST(DeviceKernels, EqualJobsGiveEqualCode) {
  for (const char *machine : {"cuda", "opencl"}) {
    DiagnosticList diagnostics;
    std::vector<KernelJob> jobs = {blockJob(machine, "a"),
                                   blockJob(machine, "a")};
    auto kernels = compileDeviceKernels(jobs, 1, {}, diagnostics);
    ASSERT_TRUE(kernels) << diagnostics.str();
    EXPECT_EQ((*kernels)[0].code, (*kernels)[1].code);
  }
}

TEST(DeviceKernels, JoinsCodeUnderOnePreamble) {
  for (const char *machine : {"cuda", "opencl"}) {
    std::vector<std::string> codes;
    for (const char *symbol : {"a", "b"})
      codes.push_back(compileDeviceKernel(blockJob(machine, symbol)).code);
    std::string joined = joinDeviceCode(codes);
    for (const char *once : {".version", ".address_size", "FP_CONTRACT"})
      EXPECT_EQ(joined.find(once), joined.rfind(once)) << once;
    for (const char *entry : {"a_0(", "a_1(", "b_0(", "b_1("})
      EXPECT_THAT(joined, HasSubstr(entry));
  }
}

/// What the launches of `output`, one buffer, are refused for.
std::string problemWith(Halide::Func output,
                        const std::vector<std::string> &buffers) {
  Halide::Target target("x86-64-linux-cuda-cuda_capability_80-no_runtime-"
                        "no_asserts-no_bounds_query");
  Halide::Module module = output.compile_to_module({}, "kernel", target);
  try {
    readLaunches(module, buffers);
  } catch (const std::runtime_error &error) {
    return error.what();
  }
  return "";
}

TEST(LaunchReader, RefusesWhatIsMoreThanLaunches) {
  Halide::Var x("x"), y("y"), block, thread;
  auto make = [&] {
    Halide::Func f("f");
    f(x, y) = x + y;
    f.output_buffer().dim(0).set_bounds(0, 64);
    return f;
  };
  Halide::Func plain = make();
  EXPECT_EQ(problemWith(plain, {"f"}), "no launch");
  Halide::Func looped = make();
  looped.output_buffer().dim(1).set_bounds(0, 8);
  looped.gpu_tile(x, block, thread, 32);
  EXPECT_EQ(problemWith(looped, {looped.name()}), "a launch in a loop");
  Halide::Func open = make();
  open.gpu_tile(x, y, block, thread, x, y, 32, 1);
  EXPECT_THAT(problemWith(open, {open.name()}),
              HasSubstr("a launch whose grid is not constant"));
  Halide::Func other = make();
  other.output_buffer().dim(1).set_bounds(0, 1);
  other.gpu_tile(x, block, thread, 32);
  EXPECT_THAT(
      problemWith(other, {"g"}),
      HasSubstr(
          "a launch with an argument that is no operand and no constant: "));
}

TEST(Assembler, ReadsWhatKernelsTake) {
  auto kernels = parseAssemblerReport(
      "ptxas info    : 0 bytes gmem\n"
      "ptxas info    : Compiling entry function 'a_0' for 'sm_80'\n"
      "ptxas info    : Function properties for a_0\n"
      "    0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads\n"
      "ptxas info    : Used 44 registers, used 1 barriers, 400 bytes cmem[0]\n"
      "ptxas info    : Compiling entry function 'b_0' for 'sm_80'\n"
      "ptxas info    : Function properties for b_0\n"
      "    96 bytes stack frame, 8 bytes spill stores, 12 bytes spill loads\n"
      "ptxas info    : Used 255 registers, used 1 barriers\n");
  ASSERT_EQ(kernels.size(), 2u);
  EXPECT_EQ(kernels["a_0"].registers, 44u);
  EXPECT_EQ(kernels["a_0"].spillBytes, 0u);
  EXPECT_EQ(kernels["b_0"].registers, 255u);
  EXPECT_EQ(kernels["b_0"].stackBytes, 96u);
  EXPECT_EQ(kernels["b_0"].spillBytes, 20u);
}

TEST(GpuProgram, WarnsOfSpills) {
  Program program;
  program.codes.resize(2);
  program.codes[0].capability = 80;
  program.codes[0].kernels["a_0"].spillBytes = 20;
  program.codes[0].kernels["b_0"].registers = 255;
  program.codes[1].kernels["a_0"].registers = 255;
  EXPECT_EQ(spillWarnings(program),
            std::vector<std::string>{
                "kernel a_0 spills 20 bytes of registers on sm_80"});
}

/// A stand-in for ptxas that says `text` and fails.
std::string failingAssembler(const std::string &text) {
  std::string path = ::testing::TempDir() + "/ptxas";
  FILE *file = std::fopen(path.c_str(), "w");
  std::fprintf(file, "#!/bin/sh\necho '%s'\nexit 1\n", text.c_str());
  std::fclose(file);
  std::system(("chmod +x " + path).c_str());
  return path;
}

TEST(Assembler, OneThatDoesNotKnowTheGpuIsTheUsersProblem) {
  DiagnosticList diagnostics;
  std::string assembler = failingAssembler(
      "ptxas fatal : Value sm_120 is not defined for option gpu-name");
  EXPECT_FALSE(assemble(assembler, "", {120}, 1, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Unsupported));
  EXPECT_THAT(diagnostics.str(), HasSubstr("ptxas -arch sm_120"));
  EXPECT_THAT(diagnostics.str(), HasSubstr("compile with --no-cubin"));
}

TEST(Assembler, OneThatRejectsTheCodeIsAnInternalError) {
  DiagnosticList diagnostics;
  std::string assembler = failingAssembler("ptxas fatal : syntax error");
  EXPECT_FALSE(assemble(assembler, "", {80}, 1, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Internal));
  EXPECT_THAT(diagnostics.str(), HasSubstr("failed: ptxas fatal"));
}

TEST(Assembler, MissingOneIsNamedWithAWayOut) {
  std::string path = std::getenv("PATH");
  setenv("PATH", "/nonexistent", 1);
  setenv("CUDA_HOME", "/nonexistent", 1);
  DiagnosticList diagnostics;
  EXPECT_EQ(findAssembler(diagnostics), "");
  setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::ToolMissing));
  EXPECT_THAT(diagnostics.str(), HasSubstr("nor /nonexistent/bin/ptxas"));
  EXPECT_THAT(diagnostics.str(), HasSubstr("--no-cubin"));
}

} // namespace
