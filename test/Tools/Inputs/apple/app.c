//===- app.c - A program that uses a model, or does not -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mobileone/model_abi.h"

#ifdef MODEL
extern const mobileone_model MODEL;
int main(void) { return MODEL.abi_version != MOBILEONE_ABI_VERSION; }
#else
int main(void) { return 0; }
#endif
