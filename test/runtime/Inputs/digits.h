//===- digits.h - The header of a hand-written model ------------*- C -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Stands for what the compiler writes beside a model, for the programs in the
// runtime's README.
//
//===----------------------------------------------------------------------===//

#ifndef DIGITS_H
#define DIGITS_H

#include "mobileone/model_abi.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const mobileone_model digits;

#ifdef __cplusplus
}
#endif

#define DIGITS_IMAGE_ELEMENTS 64
#define DIGITS_LOGITS_ELEMENTS 10

#endif // DIGITS_H
