//===- Cuda.cpp - NVIDIA GPUs ---------------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A GPU is the device of a machine whose processor runs the library's tables
// and the runtime; that is an x86-64 with Linux unless a library is also for
// another one.
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Devices.h"
#include "runtime/include/mobileone/model_abi.h"

using namespace mobileone;

/// What GPUs have in common, with kernels for Halide's `api`.
static Target makeGpu(const std::string &name, const std::string &api) {
  Target target;
  target.name = name;
  target.triple = "x86_64-unknown-linux-gnu";
  target.cpu = "x86-64";
  target.level = MOBILEONE_LEVEL_CUDA;
  target.machine.name = name;
  target.machine.family = "cuda";
  target.machine.halideTarget = "x86-64-linux-" + api;
  // As on x86, with which a library may share its weights.
  target.machine.channelAlignment = 16;
  target.machine.hasBorders = false;
  target.machine.computesBatch = true;
  // More than that has to be asked for at run time.
  target.machine.sharedBytes = 48 * 1024;
  return target;
}

/// \param halide the newest capability that Halide knows and this one has.
static Target makeCuda(uint32_t capability, const std::string &model,
                       int multiprocessors, const std::string &halide) {
  std::string number = std::to_string(capability);
  Target target = makeGpu("cuda-sm" + number, "cuda-cuda_capability_" + halide);
  target.description = "NVIDIA GPUs of compute capability " +
                       std::to_string(capability / 10) + "." +
                       std::to_string(capability % 10) + ": " + model;
  target.capability = capability;
  target.machine.multiprocessors = multiprocessors;
  return target;
}

Target mobileone::makeCudaSm80() { return makeCuda(80, "A100", 108, "80"); }
Target mobileone::makeCudaSm86() {
  return makeCuda(86, "A10, A40, RTX 30", 72, "86");
}
Target mobileone::makeCudaSm89() {
  return makeCuda(89, "L4, L40, RTX 40", 128, "86");
}
Target mobileone::makeCudaSm90() {
  return makeCuda(90, "H100, H200", 132, "86");
}
Target mobileone::makeCudaSm100() { return makeCuda(100, "B200", 148, "86"); }
Target mobileone::makeCudaSm120() { return makeCuda(120, "RTX 50", 170, "86"); }

Target mobileone::makeOpenCl() {
  Target target = makeGpu("opencl", "opencl");
  target.description = "OpenCL, by a driver for tests";
  target.isHidden = true;
  target.machine.multiprocessors = 108;
  target.machine.hasHalfType = false;
  return target;
}
