//===- CudaSession.h - A session on an NVIDIA GPU ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a session does differently where its program is for a GPU. Memory of the
// device, one allocation of the session:
//
//   arena | scratch | inputs | outputs
//
// The caller's inputs and outputs have a place there unless the caller says
// that they are on the device anyway. Weights and code are shared by all
// sessions of a model in a context.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_CUDASESSION_H
#define MOBILEONE_RUNTIME_CUDASESSION_H

#include "CudaDriver.h"
#include "SystemMemory.h"

#include "mobileone/runtime.h"

namespace mobileone::runtime {

/// The device that a session will use and the code that fits it.
struct CudaChoice {
  CudaDevice device = 0;
  uint32_t capability = 0; ///< Major * 10 + minor.
  const mobileone_device_code *code = nullptr;
};

/// Finds a device for `program`: that of the caller's context or the one of
/// `options.cuda_device`. MOBILEONE_NO_DEVICE, after saying what is missing, if
/// there is no driver, a driver too old, no such device, or no code for it.
mobileone_status findCudaDevice(const mobileone_model &model,
                                const mobileone_program &program,
                                const mobileone_options &options,
                                CudaChoice &choice, ErrorText &error);

/// Of `program`'s codes the one that runs best on a device of `capability`:
/// machine code before text, later before earlier; NULL if there is none.
const mobileone_device_code *selectDeviceCode(const mobileone_program &program,
                                              uint32_t capability);

/// Whether there is a driver and a device.
bool hasCudaDevice();

/// Host memory for what the session knows about its launches.
uint64_t launchBytes(const mobileone_program &program);

/// Weights and code on a device, shared by sessions.
struct CudaModel;

/// A launch, ready to be enqueued. Lies in the session's memory, before its
/// arguments' values and their addresses.
struct CudaLaunch {
  CudaKernel kernel;
  const mobileone_launch *launch;
  const mobileone_step *step;
  uint64_t *values;
  void **arguments;
  /// Its node in the graph where the caller's addresses are among the values.
  CudaGraphNode node;
};

/// What a session on a GPU holds; empty in others. Destroying it in any state
/// gives back what is there.
struct CudaSession {
  const CudaDriver *driver;
  CudaDevice device;
  CudaContext context;
  /// Whether `context` is the device's primary one, retained.
  bool isRetained;
  /// Whether `stream` is the session's own. The graph is captured on
  /// `captureStream`, because the caller's may be one that cannot be captured.
  CudaStream captureStream, stream;
  CudaModel *model;
  CudaAddress memory;
  uint8_t *staging; ///< Page-locked: inputs and outputs.
  CudaLaunch *launches;
  uint32_t launchCount;
  CudaGraph graph;
  CudaGraphExecutable executable;
  /// What an observer sees of the device's memory.
  SystemMemory mirror;
  char deviceName[64];
};

/// Makes `session`, whose members are filled in, ready to run on the device.
/// After a failure nothing of it is left.
mobileone_status openCuda(mobileone_session &session, const CudaChoice &choice,
                          ErrorText &error);
void closeCuda(mobileone_session &session);

/// Runs the model with the session's inputs and outputs.
mobileone_status runOnCuda(mobileone_session &session);

/// Gets memory that `readFromCuda` can show, if there is none yet.
void makeMirror(mobileone_session &session);
/// Copies `operand` from the device and sets `out_address` to where its first
/// element is here.
mobileone_status readFromCuda(mobileone_session &session,
                              const mobileone_operand &operand,
                              uint8_t **outAddress);

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_CUDASESSION_H
