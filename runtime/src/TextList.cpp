//===- TextList.cpp - Words separated by commas ---------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TextList.h"

#include <stdarg.h>
#include <stdio.h>

void mobileone::runtime::TextList::add(const char *format, ...) {
  char word[sizeof(text)];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(word, sizeof(word), format, arguments);
  va_end(arguments);
  int written = snprintf(text + used, sizeof(text) - used, "%s%s",
                         used ? ", " : "", word);
  // What was cut off stays so, and nothing follows it.
  used = written < 0 || size_t(written) >= sizeof(text) - used
             ? sizeof(text) - 1
             : used + size_t(written);
}
