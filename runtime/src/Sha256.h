//===- Sha256.h - SHA-256 ---------------------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_SHA256_H
#define MOBILEONE_RUNTIME_SHA256_H

#include <stdint.h>

namespace mobileone::runtime {

/// The first 8 bytes of the SHA-256 (FIPS 180-4) of `data`, big endian.
uint64_t sha256Prefix(const uint8_t *data, uint64_t bytes);

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_SHA256_H
