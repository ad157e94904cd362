//===- TextList.h - Words separated by commas --------------------*- C++
//-*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TEXTLIST_H
#define MOBILEONE_RUNTIME_TEXTLIST_H

#include <stddef.h>

namespace mobileone::runtime {

/// "a, b, c", as far as it fits.
struct TextList {
  char text[128] = "nothing";
  size_t used = 0;

  /// Adds a word in printf's format.
  void add(const char *format, ...) __attribute__((format(printf, 2, 3)));
};

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_TEXTLIST_H
