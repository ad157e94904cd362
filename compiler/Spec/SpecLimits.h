//===- SpecLimits.h - Bounds of what a spec may ask for ---------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generous for any network of this family, and tight enough that sizes, byte
// counts and offsets computed from them never overflow.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SPEC_SPECLIMITS_H
#define MOBILEONE_SPEC_SPECLIMITS_H

#include <cstdint>

namespace mobileone::limits {

constexpr int64_t fileBytes = 1 << 20;
constexpr int64_t batch = 1024;
constexpr int64_t mapSize = 65536; ///< Height and width.
constexpr int64_t channels = 65536;
constexpr int64_t classes = 1 << 20;
constexpr int64_t stages = 64;
constexpr int64_t blocks = 512; ///< Of one stage.
constexpr int64_t branches = 64;
constexpr int64_t stride = 2;
constexpr int64_t heads = 64;
constexpr double multiplier = 1024;
/// Convolutions of the network.
constexpr int64_t layers = 1024;
/// Elements of the input, of each map between layers and of each classifier's
/// output, all images of a batch together: 1 GiB of f32.
constexpr int64_t mapElements = int64_t(1) << 28;
/// Parameters of the merged network: 1 GiB of f32, so that a library's code
/// reaches all of them with 32-bit offsets.
constexpr int64_t parameters = int64_t(1) << 28;
/// Parameters of the network as trained.
constexpr int64_t trainParameters = int64_t(1) << 30;

} // namespace mobileone::limits

#endif // MOBILEONE_SPEC_SPECLIMITS_H
