//===- CompileReport.h - What a compilation did -----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_COMPILEREPORT_H
#define MOBILEONE_TOOLS_COMPILEREPORT_H

#include "compiler/Pipelines/Compile.h"

#include <string>

namespace mobileone {

/// What was merged, the kernels, the files and how to link them. The same for
/// the same model and options. `verbose` adds a line for each merged layer.
std::string compileReportAsText(const CompileOptions &options,
                                const CompileResult &result, bool verbose);

/// The same and the times, as JSON.
std::string compileReportAsJson(const CompileOptions &options,
                                const CompileResult &result);

/// "compiled in 4.2 s: training 0.1, ..."
std::string compileTimesAsText(const CompileResult &result);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_COMPILEREPORT_H
