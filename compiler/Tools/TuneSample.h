//===- TuneSample.h - A network with its reference results ------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_TUNESAMPLE_H
#define MOBILEONE_TOOLS_TUNESAMPLE_H

#include "compiler/Tuning/Tuner.h"

namespace mobileone {

/// Random inputs, and what the reference interpreter makes of them in f32;
/// nothing to compare with in other precisions.
std::optional<NetworkSample> makeTuneSample(const CompileResult &compiled,
                                            uint64_t seed,
                                            DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_TUNESAMPLE_H
