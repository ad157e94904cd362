//===- CudaModel.h - Weights and code on a device ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_CUDAMODEL_H
#define MOBILEONE_RUNTIME_CUDAMODEL_H

#include "CudaDriver.h"
#include "SystemMemory.h"

namespace mobileone::runtime {

/// A model's weights and code in a context, the same for all its sessions
/// there.
struct CudaModel {
  CudaContext context;
  const mobileone_device_code *code;
  const uint8_t *weights; ///< In host memory.
  CudaModule module;
  CudaAddress deviceWeights; ///< 0 without weights.
  uint32_t users;
  CudaModel *next;
  SystemMemory memory; ///< Holds this.
};

/// Uploads `weights` and loads `code` into the current context, which is
/// `context`, or finds what a session has put there. Takes a lock. NULL after a
/// failure, which `calls` tell; errors of the driver's compiler show the
/// beginning of its log.
CudaModel *acquireCudaModel(CudaCalls &calls, CudaContext context,
                            const mobileone_device_code *code,
                            const uint8_t *weights, uint64_t weightsBytes);

/// Gives back what `acquireCudaModel` returned, with its context current; the
/// last one frees it.
void releaseCudaModel(const CudaDriver &driver, CudaModel *model);

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_CUDAMODEL_H
