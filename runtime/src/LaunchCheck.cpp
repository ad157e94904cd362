//===- LaunchCheck.cpp - Whether launches make sense ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Configuration.h"

using namespace mobileone::runtime;

namespace {

// CUDA's limits of every GPU (compute capability 5.0 and later).
constexpr uint64_t maxThreadsPerBlock = 1024;
constexpr uint32_t maxBlockDepth = 64;
constexpr uint32_t maxGridWidth = 0x7fffffff;
constexpr uint32_t maxGridHeight = 65535;
constexpr uint32_t maxSharedBytes = 227 << 10;

bool fitsGpu(const mobileone_launch &launch) {
  for (int d = 0; d < 3; ++d) {
    uint32_t limit = d == 0 ? maxGridWidth : maxGridHeight;
    if (launch.grid[d] < 1 || launch.grid[d] > limit || launch.block[d] < 1 ||
        launch.block[d] > maxThreadsPerBlock)
      return false;
  }
  return uint64_t(launch.block[0]) * launch.block[1] * launch.block[2] <=
             maxThreadsPerBlock &&
         launch.block[2] <= maxBlockDepth &&
         launch.shared_bytes <= maxSharedBytes;
}

bool isNumber(uint32_t bytes) {
  return bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
}

bool hasValidArguments(const mobileone_step &step,
                       const mobileone_launch &launch) {
  if (launch.argument_count > MOBILEONE_MAX_ARGUMENTS ||
      (launch.argument_count && !launch.arguments))
    return false;
  for (uint32_t i = 0; i < launch.argument_count; ++i) {
    const mobileone_launch_argument &argument = launch.arguments[i];
    if (argument.operand >= 0
            ? uint32_t(argument.operand) >= step.operand_count
            : argument.operand < -1 || !isNumber(argument.bytes))
      return false;
  }
  return true;
}

bool isText(const mobileone_device_code &code) {
  return code.kind == MOBILEONE_DEVICE_CODE_PTX ||
         code.kind == MOBILEONE_DEVICE_CODE_OPENCL;
}

} // namespace

bool mobileone::runtime::isForGpu(const mobileone_program &program) {
  return program.level == MOBILEONE_LEVEL_CUDA;
}

mobileone_status
mobileone::runtime::checkLaunches(const mobileone_model &model,
                                  const mobileone_program &program,
                                  uint32_t index, ErrorText &error) {
  const mobileone_step &step = program.steps[index];
  for (uint32_t i = 0; i < step.launch_count; ++i) {
    const mobileone_launch &launch = step.launches[i];
    const char *problem = nullptr;
    if (!launch.entry)
      problem = "it names no kernel";
    else if (!fitsGpu(launch))
      problem = "its grid, block or shared memory is none that a GPU has";
    else if (!hasValidArguments(step, launch))
      problem = "an argument is no operand and no number, or there are too "
                "many";
    if (problem)
      return fail(error, MOBILEONE_INVALID_ARGUMENT,
                  "Model '%s' (%s), step %u (%s), launch %u: %s.", model.name,
                  program.target, index, step.name ? step.name : "", i,
                  problem);
  }
  return MOBILEONE_OK;
}

mobileone_status
mobileone::runtime::checkDeviceCode(const mobileone_model &model,
                                    const mobileone_program &program,
                                    ErrorText &error) {
  bool isValid = program.code_count >= 1 && program.codes;
  for (uint32_t i = 0; isValid && i < program.code_count; ++i) {
    const mobileone_device_code &code = program.codes[i];
    isValid = code.kind <= MOBILEONE_DEVICE_CODE_OPENCL && code.bytes &&
              code.size >= 1 &&
              (!isText(code) ||
               static_cast<const char *>(code.bytes)[code.size - 1] == '\0');
  }
  if (isValid)
    return MOBILEONE_OK;
  return fail(error, MOBILEONE_INVALID_ARGUMENT,
              "Model '%s' (%s): its device code is missing, of an unknown "
              "kind, or text without a 0 at its end.",
              model.name, program.target);
}
