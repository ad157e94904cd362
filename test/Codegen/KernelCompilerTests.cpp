//===- KernelCompilerTests.cpp - Kernels to LLVM bitcode -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/KernelCompiler.h"
#include "compiler/Target/Devices.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace mobileone;
using namespace mobileone::schedules;
using testing::HasSubstr;

namespace {

/// Row sums of a map of `channels` x 5 x 4.
KernelJob rowSums(int channels) {
  KernelJob job;
  KernelRequest &request = job.request;
  request.name = "sums";
  request.machine = makeX86_64V3().machine;
  Operand input, output;
  input.shape = {channels, 5, 4};
  output.shape = {channels, 1, 4};
  for (Operand *operand : {&input, &output}) {
    operand->storedChannels = channels;
    operand->strides = {1, channels, channels * operand->shape.width};
  }
  request.inputs = {input};
  Op op;
  op.kind = OpKind::RowSums;
  op.inputs = {0};
  op.result = output.shape;
  request.ops = {op};
  request.outputs = {{1, output}};
  job.schedule = selectSchedule(request);
  job.layout = job.schedule->layout(request);
  job.symbol = "sums";
  return job;
}

TEST(KernelCompiler, EqualJobsGiveEqualBitcode) {
  DiagnosticList diagnostics;
  std::vector<KernelJob> jobs = {rowSums(16), rowSums(32), rowSums(16)};
  auto first = compileKernels(jobs, 0, {}, diagnostics);
  auto second = compileKernels(jobs, 1, {}, diagnostics);
  ASSERT_TRUE(first && second) << diagnostics.str();
  EXPECT_EQ(*first, *second);
  EXPECT_EQ((*first)[0], (*first)[2]);
  EXPECT_NE((*first)[0], (*first)[1]);
}

TEST(KernelCompiler, ScheduleThatFailsNamesItsKernel) {
  static const Schedule broken = {
      "test.broken", nullptr, nullptr,
      [](const KernelRequest &, const KernelLayout &, HalideKernel &) {
        throw std::runtime_error("no such loop");
      }};
  KernelJob job = rowSums(16);
  job.schedule = &broken;
  job.layout.schedule = broken.name;
  DiagnosticList diagnostics;
  EXPECT_FALSE(compileKernels({rowSums(16), job}, 0, {}, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Internal));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("kernel sums (schedule test.broken)"));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("code generation failed: no such loop"));
  EXPECT_THAT(diagnostics.str(), HasSubstr("row_sums"));
}

} // namespace
