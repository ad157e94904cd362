//===- CudaLaunches.cpp - What is enqueued on a stream --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaLaunches.h"

#if MOBILEONE_HAS_CUDA

#include "CudaModel.h"
#include "Session.h"

using namespace mobileone::runtime;

namespace {

/// What every GPU grants a block without being asked.
constexpr uint32_t commonSharedBytes = 48 << 10;

/// Tensors of the caller begin at multiples of it, as what cuMemAlloc returns.
uint64_t aligned(uint64_t bytes) { return (bytes + 255) / 256 * 256; }

uint64_t bytesBefore(const mobileone_tensor *tensors, uint32_t count) {
  uint64_t bytes = 0;
  for (uint32_t i = 0; i < count; ++i)
    bytes += aligned(tensors[i].bytes);
  return bytes;
}

/// Finds the kernel of `prepared` and whether the device can launch it.
void findKernel(CudaLaunch &prepared, CudaModule module, CudaCalls &calls) {
  const mobileone_launch &launch = *prepared.launch;
  calls.kernel = launch.entry;
  calls(calls.driver.cuModuleGetFunction, &prepared.kernel, module,
        launch.entry);
  // Asking also makes the driver load a kernel that it would load when it is
  // launched for the first time, which is no time to wait in a capture.
  int threads = 0;
  uint32_t wanted = launch.block[0] * launch.block[1] * launch.block[2];
  if (calls(calls.driver.cuFuncGetAttribute, &threads, cudaMaxThreadsPerBlock,
            prepared.kernel) &&
      int(wanted) > threads)
    calls.status =
        fail(calls.error, MOBILEONE_DRIVER_FAILED,
             "Kernel %s is to run in blocks of %u threads, and %d is the most "
             "that this GPU has registers for.",
             launch.entry, wanted, threads);
  if (launch.shared_bytes > commonSharedBytes)
    calls(calls.driver.cuFuncSetAttribute, prepared.kernel,
          cudaMaxDynamicSharedBytes, int(launch.shared_bytes));
  calls.kernel = nullptr;
}

} // namespace

CudaLayout mobileone::runtime::layoutOf(const mobileone_session &session) {
  const mobileone_model &model = session.model;
  CudaLayout layout;
  layout.scratch = aligned(session.program->arena_bytes);
  layout.inputs = layout.scratch + aligned(session.program->scratch_bytes);
  layout.outputs = layout.inputs + bytesBefore(model.inputs, model.input_count);
  layout.end = layout.outputs + bytesBefore(model.outputs, model.output_count);
  return layout;
}

uint64_t mobileone::runtime::inputOffset(const mobileone_session &session,
                                         uint32_t index) {
  return layoutOf(session).inputs + bytesBefore(session.model.inputs, index);
}

uint64_t mobileone::runtime::outputOffset(const mobileone_session &session,
                                          uint32_t index) {
  return layoutOf(session).outputs + bytesBefore(session.model.outputs, index);
}

uint8_t *mobileone::runtime::stagedAt(const mobileone_session &session,
                                      uint64_t offset) {
  return session.cuda.staging + (offset - layoutOf(session).inputs);
}

CudaAddress
mobileone::runtime::deviceAddress(const mobileone_session &session,
                                  const mobileone_operand &operand) {
  const CudaSession &cuda = session.cuda;
  bool isCallers = session.options.device_pointers;
  switch (operand.space) {
  case MOBILEONE_SPACE_ARENA:
    return cuda.memory + operand.offset;
  case MOBILEONE_SPACE_WEIGHTS:
    return cuda.model->deviceWeights + operand.offset;
  case MOBILEONE_SPACE_SCRATCH:
    return cuda.memory + layoutOf(session).scratch + operand.offset;
  case MOBILEONE_SPACE_INPUT:
    if (!isCallers)
      return cuda.memory + inputOffset(session, operand.index) + operand.offset;
    return session.inputs
               ? CudaAddress(session.inputs[operand.index]) + operand.offset
               : 0;
  case MOBILEONE_SPACE_OUTPUT:
    if (!isCallers)
      return cuda.memory + outputOffset(session, operand.index) +
             operand.offset;
    return session.outputs
               ? CudaAddress(session.outputs[operand.index]) + operand.offset
               : 0;
  }
  return 0;
}

void mobileone::runtime::prepareLaunches(mobileone_session &session,
                                         CudaCalls &calls) {
  const mobileone_program &program = *session.program;
  CudaSession &cuda = session.cuda;
  cuda.launchCount = 0;
  for (uint32_t i = 0; i < program.step_count; ++i)
    cuda.launchCount += program.steps[i].launch_count;
  cuda.launches = reinterpret_cast<CudaLaunch *>(session.memory);
  auto *values = reinterpret_cast<uint64_t *>(cuda.launches + cuda.launchCount);
  CudaLaunch *next = cuda.launches;
  for (uint32_t i = 0; i < program.step_count; ++i) {
    const mobileone_step &step = program.steps[i];
    for (uint32_t k = 0; k < step.launch_count; ++k) {
      const mobileone_launch &launch = step.launches[k];
      auto **arguments =
          reinterpret_cast<void **>(values + launch.argument_count);
      *next = {nullptr, &launch, &step, values, arguments, nullptr};
      findKernel(*next, cuda.model->module, calls);
      for (uint32_t a = 0; a < launch.argument_count; ++a) {
        const mobileone_launch_argument &argument = launch.arguments[a];
        values[a] =
            argument.operand < 0
                ? argument.value
                : deviceAddress(session, step.operands[argument.operand]);
        arguments[a] = &values[a];
      }
      values += 2 * launch.argument_count;
      ++next;
    }
  }
}

void mobileone::runtime::enqueueInputs(mobileone_session &session,
                                       CudaCalls &calls, CudaStream stream) {
  const CudaSession &cuda = session.cuda;
  if (session.options.device_pointers)
    return;
  for (uint32_t i = 0; i < session.model.input_count; ++i) {
    uint64_t offset = inputOffset(session, i);
    calls(calls.driver.cuMemcpyHtoDAsync_v2, cuda.memory + offset,
          stagedAt(session, offset), size_t(session.model.inputs[i].bytes),
          stream);
  }
}

void mobileone::runtime::enqueueLaunch(CudaLaunch &prepared, CudaCalls &calls,
                                       CudaStream stream) {
  const mobileone_launch &launch = *prepared.launch;
  calls.kernel = launch.entry;
  calls(calls.driver.cuLaunchKernel, prepared.kernel, launch.grid[0],
        launch.grid[1], launch.grid[2], launch.block[0], launch.block[1],
        launch.block[2], launch.shared_bytes, stream, prepared.arguments,
        nullptr);
  calls.kernel = nullptr;
}

void mobileone::runtime::enqueueOutputs(mobileone_session &session,
                                        CudaCalls &calls, CudaStream stream) {
  const CudaSession &cuda = session.cuda;
  if (session.options.device_pointers)
    return;
  for (uint32_t i = 0; i < session.model.output_count; ++i) {
    uint64_t offset = outputOffset(session, i);
    calls(calls.driver.cuMemcpyDtoHAsync_v2, stagedAt(session, offset),
          cuda.memory + offset, size_t(session.model.outputs[i].bytes), stream);
  }
}

#endif // MOBILEONE_HAS_CUDA
