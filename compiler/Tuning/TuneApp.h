//===- TuneApp.h - A program that measures candidates -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TUNING_TUNEAPP_H
#define MOBILEONE_TUNING_TUNEAPP_H

#include "compiler/Tuning/Tuner.h"

namespace mobileone {

struct TuneAppOptions {
  std::string folder;     ///< To make or to replace.
  size_t candidates = 24; ///< Of a kernel at most.
};

/// What a program holds of a network.
struct TuneAppNetwork {
  std::string name;
  size_t kernels = 0, rounds = 0, candidates = 0;
  size_t notCompiled = 0; ///< Left out: code generation fails.
};

/// Called before step `done` of `total` of a phase. What it throws ends the
/// work and leaves nothing behind.
using TuneAppProgress =
    std::function<void(const std::string &phase, size_t done, size_t total)>;

/// Writes the sources of a program with candidates of all kernels of all
/// networks in a static library: for the target's device to measure what cannot
/// be sent there one by one. CMake builds it anywhere, and for iOS there is an
/// Xcode project. The log that it writes is what importTuneLog reads. BadInput
/// where the folder holds something else, or the target's networks leave
/// nothing to tune.
std::optional<std::vector<TuneAppNetwork>>
emitTuneApp(const TuneOptions &options, const TuneAppOptions &appOptions,
            const TuneAppProgress &progress, DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_TUNING_TUNEAPP_H
