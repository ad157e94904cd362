//===- SpecParts.h - Parts of the spec's reader and writer ------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SPEC_SPECPARTS_H
#define MOBILEONE_SPEC_SPECPARTS_H

#include "compiler/Spec/ModelSpec.h"
#include "compiler/Spec/ObjectReader.h"

#include <string>
#include <vector>

namespace mobileone {

/// The values of the format's enumerations, indexed by the enumeration.
inline const std::vector<std::string> inputTypeNames = {"f32", "u8"};
inline const std::vector<std::string> layoutNames = {"nchw", "nhwc"};
inline const std::vector<std::string> headKindNames = {"classifier",
                                                       "features"};

/// Reads "heads" or "head" into `spec`, whose stages are read. Returns the JSON
/// path of each head.
std::vector<std::string> parseHeads(ObjectReader &root, ModelSpec &spec);

/// Checks what no single value shows: the sizes that follow from `spec`, and
/// names that must differ. Reports as `parseModelSpec` does; `headPaths` are
/// the JSON paths of the heads.
void validateModelSpec(const ModelSpec &spec,
                       const std::vector<std::string> &headPaths,
                       const std::string &fileName,
                       DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_SPEC_SPECPARTS_H
