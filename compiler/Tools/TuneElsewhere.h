//===- TuneElsewhere.h - tune for devices out of reach ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_TUNEELSEWHERE_H
#define MOBILEONE_TOOLS_TUNEELSEWHERE_H

#include "compiler/Estimate/PortModel.h"
#include "compiler/Tuning/TuneApp.h"

namespace mobileone {

/// How results and progress are shown.
struct TuneOutputStyle {
  bool noProgress = false, json = false;
};

/// Writes a program that measures candidates on another device, and says how to
/// go on. Returns the exit code.
int emitApp(TuneOptions options, const TuneAppOptions &appOptions,
            const TuneOutputStyle &style);

/// Makes records from the log of such a program.
int importLog(const TuneOptions &options, const std::string &log,
              const TuneOutputStyle &style);

/// Tunes by estimates of what `core` takes.
int estimate(TuneOptions options, const PortModel &core,
             const TuneOutputStyle &style);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_TUNEELSEWHERE_H
