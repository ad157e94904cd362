//===- CudaDevice.cpp - Which GPU, and which code for it ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaSession.h"

#if MOBILEONE_HAS_CUDA

#include "TextList.h"

using namespace mobileone::runtime;

namespace {

bool fits(const mobileone_device_code &code, uint32_t capability) {
  if (code.capability > capability)
    return false;
  return code.kind != MOBILEONE_DEVICE_CODE_CUBIN ||
         code.capability / 10 == capability / 10;
}

/// Whether `a` runs better than `b` where both fit.
bool isBetter(const mobileone_device_code &a, const mobileone_device_code &b) {
  bool isMachineCode = a.kind == MOBILEONE_DEVICE_CODE_CUBIN;
  if (isMachineCode != (b.kind == MOBILEONE_DEVICE_CODE_CUBIN))
    return isMachineCode;
  return a.capability > b.capability;
}

/// The device of the caller's context, or the one with the caller's number.
void findDevice(CudaCalls &calls, const mobileone_options &options,
                CudaDevice &device) {
  const CudaDriver &driver = calls.driver;
  if (options.cuda_context) {
    CurrentContext current(calls,
                           static_cast<CudaContext>(options.cuda_context));
    calls(driver.cuCtxGetDevice, &device);
    return;
  }
  int count = 0;
  if (!calls(driver.cuDeviceGetCount, &count))
    return;
  if (options.cuda_device < 0 || options.cuda_device >= count)
    calls.status = fail(calls.error, MOBILEONE_NO_DEVICE,
                        "There is no GPU %d: the driver has %d.",
                        options.cuda_device, count);
  calls(driver.cuDeviceGet, &device, options.cuda_device);
}

mobileone_status failWithoutCode(const mobileone_model &model,
                                 const mobileone_program &program,
                                 const CudaDriver &driver,
                                 const CudaChoice &choice, ErrorText &error) {
  static const char *const kinds[] = {"PTX", "cubin", "OpenCL"};
  TextList codes;
  for (uint32_t i = 0; i < program.code_count; ++i)
    codes.add("%s %u.%u", kinds[program.codes[i].kind],
              program.codes[i].capability / 10,
              program.codes[i].capability % 10);
  char name[64] = "a GPU";
  driver.cuDeviceGetName(name, sizeof(name), choice.device);
  return fail(error, MOBILEONE_NO_DEVICE,
              "Model '%s' has %s, nothing for %s with compute capability "
              "%u.%u.",
              model.name, codes.text, name, choice.capability / 10,
              choice.capability % 10);
}

} // namespace

const mobileone_device_code *
mobileone::runtime::selectDeviceCode(const mobileone_program &program,
                                     uint32_t capability) {
  const mobileone_device_code *best = nullptr;
  for (uint32_t i = 0; i < program.code_count; ++i) {
    const mobileone_device_code &code = program.codes[i];
    if (fits(code, capability) && (!best || isBetter(code, *best)))
      best = &code;
  }
  return best;
}

mobileone_status mobileone::runtime::findCudaDevice(
    const mobileone_model &model, const mobileone_program &program,
    const mobileone_options &options, CudaChoice &choice, ErrorText &error) {
  const CudaDriver *driver = loadCudaDriver(error);
  if (!driver)
    return MOBILEONE_NO_DEVICE;
  CudaCalls calls(*driver, error);
  int major = 0, minor = 0;
  findDevice(calls, options, choice.device);
  calls(driver->cuDeviceGetAttribute, &major, cudaComputeCapabilityMajor,
        choice.device);
  calls(driver->cuDeviceGetAttribute, &minor, cudaComputeCapabilityMinor,
        choice.device);
  if (!calls.ok())
    return MOBILEONE_NO_DEVICE;
  choice.capability = uint32_t(major * 10 + minor);
  choice.code = selectDeviceCode(program, choice.capability);
  return choice.code ? MOBILEONE_OK
                     : failWithoutCode(model, program, *driver, choice, error);
}

bool mobileone::runtime::hasCudaDevice() {
  ErrorText error;
  const CudaDriver *driver = loadCudaDriver(error);
  int count = 0;
  return driver && driver->cuDeviceGetCount(&count) == cudaSuccess && count > 0;
}

#endif // MOBILEONE_HAS_CUDA
