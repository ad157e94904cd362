// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Classifies digits on a CUDA stream of the program's own: copies, the network,
// copies, batch after batch, and waits once, at the end.

#include "../embed_c/heldout.h"
#include "mobileone/runtime.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cuda.h>

static float logits[IMAGES][CLASSES];
static_assert(IMAGES % DIGITS_BATCH == 0, "no batch is left half empty");

static void check(CUresult result) {
  const char *text = "unknown error";
  if (result != CUDA_SUCCESS) {
    cuGetErrorString(result, &text);
    std::fprintf(stderr, "%s\n", text);
    std::exit(1);
  }
}

int main(int argc, char **argv) {
  if (!loadHeldout(argc > 1 ? argv[1] : "examples/models/digits"))
    return 1;
  CUdevice device;
  CUcontext context;
  CUstream stream;
  CUdeviceptr input, output;
  check(cuInit(0));
  check(cuDeviceGet(&device, 0));
  check(cuDevicePrimaryCtxRetain(&context, device));
  check(cuCtxPushCurrent(context));
  check(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING));
  check(cuMemAlloc(&input, DIGITS_INPUT_BYTES));
  check(cuMemAlloc(&output, DIGITS_LOGITS_BYTES));

  mobileone_options options = mobileone_default_options();
  options.level = MOBILEONE_LEVEL_CUDA;
  options.cuda_context = context;
  options.cuda_stream = stream;
  options.device_pointers = 1;
  mobileone::Session session(digits, options);
  const void *inputs[] = {reinterpret_cast<void *>(input)};
  void *outputs[] = {reinterpret_cast<void *>(output)};
  for (int i = 0; i < IMAGES; i += DIGITS_BATCH) {
    check(cuMemcpyHtoDAsync(input, images[i], DIGITS_INPUT_BYTES, stream));
    if (!session || mobileone_run(session.get(), inputs, outputs))
      return std::fprintf(stderr, "%s\n", session.error()), 1;
    check(cuMemcpyDtoHAsync(logits[i], output, DIGITS_LOGITS_BYTES, stream));
  }
  check(cuStreamSynchronize(stream));

  int agreeing = 0;
  for (int i = 0; i < IMAGES; ++i) {
    auto best = [](const float *values) {
      return std::max_element(values, values + CLASSES) - values;
    };
    agreeing += best(logits[i]) == best(expected[i]);
  }
  std::printf("agreement with PyTorch: %.4g%%\n", agreeing * 100.0 / IMAGES);
  return agreeing == IMAGES ? 0 : 1;
}
