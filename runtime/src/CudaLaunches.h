//===- CudaLaunches.h - What is enqueued on a stream ------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_CUDALAUNCHES_H
#define MOBILEONE_RUNTIME_CUDALAUNCHES_H

#include "CudaSession.h"

namespace mobileone::runtime {

/// Where the parts of a session's device memory begin, in bytes. The mirror has
/// all of them; device and staging memory have inputs and outputs only where
/// the caller's are not on the device.
struct CudaLayout {
  uint64_t scratch, inputs, outputs, end;
};
CudaLayout layoutOf(const mobileone_session &session);

/// Where input or output `index` begins.
uint64_t inputOffset(const mobileone_session &session, uint32_t index);
uint64_t outputOffset(const mobileone_session &session, uint32_t index);

/// What is on its way between the caller and the device memory at `offset`, an
/// input's or output's.
uint8_t *stagedAt(const mobileone_session &session, uint64_t offset);

/// Where the first element of `operand` lies on the device. 0 for a tensor of
/// the caller whose address is known during a run only.
CudaAddress deviceAddress(const mobileone_session &session,
                          const mobileone_operand &operand);

/// Fills in the session's launches: kernels and arguments. Kernels that need
/// more shared memory than every GPU grants are allowed it.
void prepareLaunches(mobileone_session &session, CudaCalls &calls);

/// Copies the caller's inputs, which are in staging memory, to the device.
void enqueueInputs(mobileone_session &session, CudaCalls &calls,
                   CudaStream stream);
void enqueueLaunch(CudaLaunch &launch, CudaCalls &calls, CudaStream stream);
/// Copies outputs to staging memory.
void enqueueOutputs(mobileone_session &session, CudaCalls &calls,
                    CudaStream stream);

/// Makes the graph of a whole run.
void captureGraph(mobileone_session &session, CudaCalls &calls);

/// Makes the launches and the graph use the caller's inputs and outputs of this
/// run, where they lie on the device.
void updateAddresses(mobileone_session &session, CudaCalls &calls);

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_CUDALAUNCHES_H
