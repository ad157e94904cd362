//===- CudaModel.cpp - Weights and code on a device -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaModel.h"

#if MOBILEONE_HAS_CUDA

#include "Lock.h"

#include <new>
#include <stdio.h>
#include <string.h>

using namespace mobileone::runtime;

namespace {

pthread_mutex_t modelsMutex = PTHREAD_MUTEX_INITIALIZER;
CudaModel *models = nullptr;

/// How much of what the driver's compiler says an error can show.
constexpr size_t logBytes = 400;

void loadCode(CudaCalls &calls, CudaModel &model) {
  char log[logBytes] = "";
  int options[] = {cudaJitErrorLogBuffer, cudaJitErrorLogBytes};
  void *values[] = {log, reinterpret_cast<void *>(sizeof(log))};
  calls(calls.driver.cuModuleLoadDataEx, &model.module, model.code->bytes, 2u,
        options, values);
  if (calls.ok() || !log[0])
    return;
  size_t length = strlen(calls.error.text);
  log[sizeof(log) - 1] = '\0';
  snprintf(calls.error.text + length, sizeof(calls.error.text) - length, " %s",
           log);
}

void uploadWeights(CudaCalls &calls, CudaModel &model, uint64_t bytes) {
  if (!bytes)
    return;
  calls(calls.driver.cuMemAlloc_v2, &model.deviceWeights, size_t(bytes));
  calls(calls.driver.cuMemcpyHtoD_v2, model.deviceWeights, model.weights,
        size_t(bytes));
}

/// Gives back what `model` has on the device; errors have no one to tell.
void unload(const CudaDriver &driver, const CudaModel &model) {
  if (model.deviceWeights)
    driver.cuMemFree_v2(model.deviceWeights);
  if (model.module)
    driver.cuModuleUnload(model.module);
}

CudaModel *makeModel(CudaCalls &calls, const CudaModel &wanted,
                     uint64_t weightsBytes) {
  SystemMemory memory = reserveMemory(sizeof(CudaModel));
  if (!memory.address) {
    calls.status = fail(calls.error, MOBILEONE_OUT_OF_MEMORY,
                        "The system has no memory for a model's record.");
    return nullptr;
  }
  auto *model = new (memory.address) CudaModel(wanted);
  model->memory = memory;
  loadCode(calls, *model);
  uploadWeights(calls, *model, weightsBytes);
  if (calls.ok())
    return model;
  unload(calls.driver, *model);
  releaseMemory(memory);
  return nullptr;
}

bool isSame(const CudaModel &a, const CudaModel &b) {
  return a.context == b.context && a.weights == b.weights && a.code == b.code;
}

} // namespace

CudaModel *mobileone::runtime::acquireCudaModel(
    CudaCalls &calls, CudaContext context, const mobileone_device_code *code,
    const uint8_t *weights, uint64_t weightsBytes) {
  CudaModel wanted = {};
  wanted.context = context;
  wanted.code = code;
  wanted.weights = weights;
  Lock lock(modelsMutex);
  CudaModel *model = models;
  while (model && !isSame(*model, wanted))
    model = model->next;
  if (!model) {
    model = makeModel(calls, wanted, weightsBytes);
    if (!model)
      return nullptr;
    model->next = models;
    models = model;
  }
  ++model->users;
  return model;
}

void mobileone::runtime::releaseCudaModel(const CudaDriver &driver,
                                          CudaModel *model) {
  Lock lock(modelsMutex);
  if (--model->users)
    return;
  CudaModel **link = &models;
  while (*link != model)
    link = &(*link)->next;
  *link = model->next;
  unload(driver, *model);
  releaseMemory(model->memory);
}

#endif // MOBILEONE_HAS_CUDA
