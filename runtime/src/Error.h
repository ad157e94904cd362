//===- Error.h - Statuses with a sentence -----------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_ERROR_H
#define MOBILEONE_RUNTIME_ERROR_H

#include "mobileone/runtime.h"

namespace mobileone::runtime {

/// Where a failing call leaves what it has to say. Longer sentences are cut.
struct ErrorText {
  char text[512];
};

/// Writes a sentence in printf's format into `error` and returns `status`.
mobileone_status fail(ErrorText &error, mobileone_status status,
                      const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/// The text of calls that have no session yet; one per thread.
ErrorText &threadError();

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_ERROR_H
