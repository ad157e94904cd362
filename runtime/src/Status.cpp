//===- Status.cpp - Texts of statuses and errors --------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Error.h"
#include "Session.h"

#include <stdarg.h>
#include <stdio.h>

using namespace mobileone::runtime;

mobileone_status mobileone::runtime::fail(ErrorText &error,
                                          mobileone_status status,
                                          const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error.text, sizeof(error.text), format, arguments);
  va_end(arguments);
  return status;
}

ErrorText &mobileone::runtime::threadError() {
  static thread_local ErrorText error;
  return error;
}

const char *mobileone_status_text(mobileone_status status) {
  switch (status) {
  case MOBILEONE_OK:
    return "No error.";
  case MOBILEONE_INVALID_ARGUMENT:
    return "An argument is not what the function expects.";
  case MOBILEONE_OUT_OF_MEMORY:
    return "There is not enough memory for the session.";
  case MOBILEONE_VERSION_MISMATCH:
    return "The model was compiled for another version of the runtime.";
  case MOBILEONE_UNSUPPORTED_CPU:
    return "The model has no program that runs on this CPU.";
  case MOBILEONE_WEIGHTS_MISMATCH:
    return "The weights are missing or belong to another model.";
  case MOBILEONE_KERNEL_FAILED:
    return "A kernel of the model returned an error.";
  case MOBILEONE_THREADS_FAILED:
    return "The session's threads could not be started.";
  case MOBILEONE_NO_DEVICE:
    return "There is no GPU that the model runs on.";
  case MOBILEONE_DRIVER_FAILED:
    return "A call of the GPU's driver failed.";
  }
  return "Unknown status.";
}

const char *mobileone_last_error(const mobileone_session *session) {
  return session ? session->error.text : threadError().text;
}
