//===- HandWrittenCudaModel.h - Models for GPUs, without a compiler -------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// hand_small as a program for GPUs, whose code is OpenCL C: the same inputs,
// outputs, weights and results. Compiled from HandWrittenCudaModel.c for a
// batch of 1 and of 3.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_RUNTIME_CUDA_HANDWRITTENCUDAMODEL_H
#define MOBILEONE_TEST_RUNTIME_CUDA_HANDWRITTENCUDAMODEL_H

#include "test/runtime/HandWrittenModel.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { HAND_CUDA_BATCH = 3, HAND_CUDA_STEPS = 4, HAND_CUDA_LAUNCHES = 5 };

extern const mobileone_model hand_cuda;
extern const mobileone_model hand_cuda_batch;

#ifdef __cplusplus
}
#endif

#endif /* MOBILEONE_TEST_RUNTIME_CUDA_HANDWRITTENCUDAMODEL_H */
