// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A model as a shared library that any language calls, on a CUDA stream of the
// caller's. MODEL is the model's name, MODEL_HEADER its header.

#include MODEL_HEADER
#include "mobileone/runtime.h"

extern "C" {

/// A session whose runs go to `stream`, a CUstream of the current context; or
/// NULL, and `last_error(NULL)` says why.
mobileone_session *open_session(void *stream) {
  mobileone_options options = mobileone_default_options();
  options.level = MOBILEONE_LEVEL_CUDA;
  options.cuda_stream = stream;
  options.device_pointers = 1;
  mobileone_session *session = nullptr;
  mobileone_session_create(&MODEL, &options, &session);
  return session;
}

/// Puts a run on the stream; `input` and `output` are addresses in the GPU's
/// memory. 0, or `last_error` says why not.
int run(mobileone_session *session, const void *input, void *output) {
  return mobileone_run(session, &input, &output);
}

const char *last_error(mobileone_session *session) {
  return mobileone_last_error(session);
}

void close_session(mobileone_session *session) {
  mobileone_session_destroy(session);
}
}
