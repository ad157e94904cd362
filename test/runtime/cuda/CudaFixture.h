//===- CudaFixture.h - What tests of sessions on a GPU share ----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_RUNTIME_CUDA_CUDAFIXTURE_H
#define MOBILEONE_TEST_RUNTIME_CUDA_CUDAFIXTURE_H

#include "HandWrittenCudaModel.h"
#include "StandInDriver.h"
#include "test/runtime/ModelFixture.h"

#include <gtest/gtest.h>

namespace mobileone::runtime::test {

/// A test after which nothing may be left on the device or current.
class CudaTest : public testing::Test {
protected:
  void SetUp() override { reset(); }
  void TearDown() override;

  /// Starts over with `settings`.
  void reset(standin::Settings settings = {});

  /// Runs `session` on a seeded image and, where kernels run, expects the right
  /// results.
  void expectRightRun(mobileone_session *session, unsigned seed = 1);
};

/// The calls of the driver since the last reset, without those in which the
/// driver is asked about its version and devices.
std::vector<std::string> callsOfDriver();

/// Whether OpenCL code runs in this program.
bool kernelsRun();

/// hand_cuda with a program for CPUs behind the one for GPUs.
struct ModelForBoth {
  ModelForBoth();
  mobileone_program programs[2];
  mobileone_model model;
};

/// Memory on the device, in `context` or else the primary one.
class DeviceMemory {
public:
  explicit DeviceMemory(size_t bytes, CudaContext context = nullptr);
  ~DeviceMemory();
  void write(const std::vector<float> &values);
  std::vector<float> read() const;
  void *address() const { return reinterpret_cast<void *>(device); }

private:
  void push() const;
  CudaContext context;
  bool isRetained = false;
  CudaAddress device = 0;
  size_t bytes;
};

} // namespace mobileone::runtime::test

#endif // MOBILEONE_TEST_RUNTIME_CUDA_CUDAFIXTURE_H
