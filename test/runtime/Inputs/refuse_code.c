//===- refuse_code.c - A system that lets no memory become code -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

int *__errno_location(void);

int mprotect(void *address, unsigned long size, int protection) {
  (void)address, (void)size, (void)protection;
  *__errno_location() = 13; /* EACCES */
  return -1;
}
