//===- libcuda.c - A driver that finds one GPU --------------------*- C -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Or what the environment says: COUNT is the number of GPUs, FAIL a call that
// fails. Events are 2 ms apart; every call is written to stderr.
//
//===----------------------------------------------------------------------===//

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int done(const char *name) {
  const char *failing = getenv("FAIL");
  fprintf(stderr, "%s\n", name);
  return failing && !strcmp(failing, name) ? 700 : 0;
}

#define CALL(name, parameters)                                                 \
  int name parameters { return done(#name); }
#define HANDLE(name, parameters, value)                                        \
  int name parameters {                                                        \
    *out = value;                                                              \
    return done(#name);                                                        \
  }

CALL(cuInit, (unsigned flags))
HANDLE(cuDeviceGet, (int *out, int ordinal), ordinal)
HANDLE(cuDriverGetVersion, (int *out), 12080)
HANDLE(cuDeviceGetAttribute, (int *out, int attribute, int device),
       attribute == 75 ? 9 : 0)
HANDLE(cuDevicePrimaryCtxRetain, (void **out, int device), (void *)16)
CALL(cuCtxPushCurrent_v2, (void *context))
HANDLE(cuStreamCreate, (void **out, unsigned flags), (void *)32)
HANDLE(cuEventCreate, (void **out, unsigned flags), (void *)48)
CALL(cuEventRecord, (void *event, void *stream))
CALL(cuStreamSynchronize, (void *stream))
HANDLE(cuEventElapsedTime, (float *out, void *first, void *last), 2.0f)
HANDLE(cuMemAlloc_v2, (uint64_t *out, size_t bytes),
       (uint64_t)(uintptr_t)malloc(bytes))
CALL(cuStreamBeginCapture_v2, (void *stream, int mode))
HANDLE(cuStreamEndCapture, (void *stream, void **out), (void *)64)
HANDLE(cuGraphInstantiateWithFlags,
       (void **out, void *graph, unsigned long long flags), (void *)80)
CALL(cuGraphLaunch, (void *graph, void *stream))

int cuDeviceGetCount(int *out) {
  const char *count = getenv("COUNT");
  *out = count ? atoi(count) : 1;
  return done("cuDeviceGetCount");
}

int cuDeviceGetName(char *name, int bytes, int device) {
  snprintf(name, (size_t)bytes, "Imaginary GPU");
  return done("cuDeviceGetName");
}

int cuGetErrorString(int code, const char **out) {
  *out = "an illegal memory access was encountered";
  return 0;
}

int cuMemcpyHtoD_v2(uint64_t to, const void *from, size_t bytes) {
  memcpy((void *)(uintptr_t)to, from, bytes);
  return done("cuMemcpyHtoD_v2");
}

int cuMemcpyDtoH_v2(void *to, uint64_t from, size_t bytes) {
  memcpy(to, (const void *)(uintptr_t)from, bytes);
  return done("cuMemcpyDtoH_v2");
}
