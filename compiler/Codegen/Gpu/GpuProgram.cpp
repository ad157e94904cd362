//===- GpuProgram.cpp - The code of a program for GPUs --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Gpu/GpuProgram.h"

using namespace mobileone;

/// Which GPUs PTX is for, as its `.target sm_80` says.
static uint32_t capabilityOf(const std::string &ptx) {
  static const std::string directive = ".target sm_";
  size_t found = ptx.find(directive);
  return found == std::string::npos
             ? 0
             : uint32_t(std::stoul(ptx.substr(found + directive.size())));
}

bool mobileone::completeGpuProgram(Program &program,
                                   const std::vector<DeviceKernel> &kernels,
                                   const std::vector<uint32_t> &capabilities,
                                   unsigned parallel,
                                   DiagnosticList &diagnostics) {
  std::vector<std::string> codes;
  for (const DeviceKernel &kernel : kernels)
    codes.push_back(kernel.code);
  DeviceCode text;
  text.bytes = joinDeviceCode(codes);
  text.capability = capabilityOf(text.bytes);
  text.kind = text.capability ? MOBILEONE_DEVICE_CODE_PTX
                              : MOBILEONE_DEVICE_CODE_OPENCL;
  for (Step &step : program.steps)
    step.launches = kernels[step.kernelJob].launches;
  if (!capabilities.empty()) {
    std::string assembler = findAssembler(diagnostics);
    if (assembler.empty())
      return false;
    std::optional<std::vector<Cubin>> cubins =
        assemble(assembler, text.bytes, capabilities, parallel, diagnostics);
    if (!cubins)
      return false;
    for (size_t i = 0; i < cubins->size(); ++i)
      program.codes.push_back({MOBILEONE_DEVICE_CODE_CUBIN, capabilities[i],
                               std::move((*cubins)[i].bytes),
                               std::move((*cubins)[i].kernels)});
  }
  program.codes.insert(program.codes.begin(), std::move(text));
  return true;
}

std::vector<std::string> mobileone::spillWarnings(const Program &program) {
  std::vector<std::string> warnings;
  for (const DeviceCode &code : program.codes)
    for (const auto &[entry, taken] : code.kernels)
      if (taken.spillBytes > 0)
        warnings.push_back(
            "kernel " + entry + " spills " + std::to_string(taken.spillBytes) +
            " bytes of registers on sm_" + std::to_string(code.capability));
  return warnings;
}
